package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.Fault;
import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /api/now/table}: rows of a table, page by page. The limit is applied before the rights, so
 * a page may be short or empty while there are more.
 */
final class TableApi {
  private static final int DEFAULT_LIMIT = 10_000;

  private final Instance instance;
  private final Rights rights;
  private final Behaviour behaviour;
  private final Supplier<String> url;

  TableApi(Instance instance, Rights rights, Behaviour behaviour, Supplier<String> url) {
    this.instance = instance;
    this.rights = rights;
    this.behaviour = behaviour;
    this.url = url;
  }

  Answer record(TableData table, String id, Incoming request) {
    Optional<String[]> row = table.find("sys_id", id).filter(rights.visible(table));
    return row.map(found -> Answer.json(200, writer(table, request).record(found)))
        .orElseGet(Refusals::noRecord);
  }

  Answer page(TableData table, Incoming request) {
    Optional<List<String[]>> asked = new Selection(instance, rights, behaviour).of(table, request);
    if (asked.isEmpty()) {
      return Refusals.noRights();
    }
    List<String[]> rows = asked.get();
    int limit = Math.max(0, request.number("sysparm_limit", DEFAULT_LIMIT));
    int offset = Math.max(0, request.number("sysparm_offset", 0));
    if (request.fault(Fault.IgnoredCursor.class).isPresent()) {
      offset = 0;
    }
    int from = Math.min(offset, rows.size());
    int to = (int) Math.min(rows.size(), (long) from + limit);
    List<String[]> readable =
        rows.subList(from, to).stream().filter(rights.visible(table)).toList();
    Answer answer = answer(table, request, readable);
    if (!request.flag("sysparm_no_count")) {
      answer.with("X-Total-Count", Integer.toString(rows.size()));
    }
    if (!request.flag("sysparm_suppress_pagination_header")) {
      PageLinks.of(url.get(), request, offset, limit, rows.size())
          .ifPresent(links -> answer.with("Link", links));
    }
    return answer;
  }

  private Answer answer(TableData table, Incoming request, List<String[]> rows) {
    Optional<Fault.CancelledPage> cancelled = request.fault(Fault.CancelledPage.class);
    if (cancelled.isEmpty() && rows.size() > behaviour.mostRowsPerPage()) {
      cancelled = Optional.of(new Fault.CancelledPage(behaviour.mostRowsPerPage(), false));
    }
    if (cancelled.isPresent()) {
      return cancelled(table, request, rows, cancelled.get());
    }
    if (rows.isEmpty() && request.path().startsWith("/api/now/v1/")) {
      return Refusals.noRecord();
    }
    return Answer.json(200, writer(table, request).page(rows));
  }

  /** The transaction ends amid the page: its rows so far, and an error behind them. */
  private Answer cancelled(
      TableData table, Incoming request, List<String[]> rows, Fault.CancelledPage fault) {
    List<String[]> some = rows.subList(0, Math.min(rows.size(), fault.rows()));
    String page = new String(writer(table, request).page(some), StandardCharsets.UTF_8);
    String open = page.substring(0, page.length() - "]}".length());
    return Answer.json(
        200,
        open
            + (fault.malformed() ? ",}\"\"]" : "]")
            + ",\"error\":{\"detail\":\"Transaction cancelled: maximum execution time exceeded. Check logs"
            + " for error trace.\",\"message\":\"Transaction cancelled: maximum execution time exceeded\"},"
            + "\"status\":\"failure\"}");
  }

  private RowWriter writer(TableData table, Incoming request) {
    return new RowWriter(instance, rights, table, url.get(), request);
  }

  /** The rows that a request's query selects, in its order. */
  static final class Selection {
    private final Instance instance;
    private final Rights rights;
    private final Behaviour behaviour;

    Selection(Instance instance, Rights rights, Behaviour behaviour) {
      this.instance = instance;
      this.rights = rights;
      this.behaviour = behaviour;
    }

    /** Empty where the user has no right to ask so. */
    Optional<List<String[]>> of(TableData table, Incoming request) {
      String text = request.parameter("sysparm_query").orElse("");
      if (request.fault(Fault.IgnoredCursor.class).isPresent()) {
        text = withoutRanges(text);
      }
      EncodedQuery query = EncodedQuery.parse(text, table, instance);
      Rights.Range range = rights.range(table.name());
      boolean needsRange = query.hasRanges() || query.isOrdered();
      if (needsRange && range == Rights.Range.REFUSED) {
        return Optional.empty();
      }
      if (query.isInvalid() && behaviour.invalidQueriesReturnNoRows()) {
        return Optional.of(List.of());
      }
      if (needsRange && range == Rights.Range.IGNORED) {
        return Optional.of(unordered(table.selection(withoutRanges(text), instance), request));
      }
      List<String[]> rows = table.selection(text, instance);
      return Optional.of(query.isOrdered() ? rows : unordered(rows, request));
    }

    /** Drops the parts that compare by range or sort: what an ignored cursor comes down to. */
    private static String withoutRanges(String text) {
      List<String> kept = new ArrayList<>();
      for (String part : text.split("\\^", -1)) {
        boolean dropped =
            part.startsWith("ORDERBY")
                || part.contains(">")
                || part.contains("<")
                || part.contains("STARTSWITH")
                || part.contains("ENDSWITH")
                || part.contains("LIKE");
        if (!dropped) {
          kept.add(part);
        }
      }
      return String.join("^", kept);
    }

    /**
     * Without an order the database may give rows in any: here they begin elsewhere at each
     * request, so that paging without an order duplicates and drops rows.
     */
    private static List<String[]> unordered(List<String[]> rows, Incoming request) {
      if (rows.size() < 2) {
        return rows;
      }
      List<String[]> turned = new ArrayList<>(rows);
      Collections.rotate(turned, request.request().number() % rows.size());
      return turned;
    }
  }
}

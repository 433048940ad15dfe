package dev.connections.servicenow.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.Answer;
import dev.connections.http.HttpRequest;
import dev.connections.http.HttpService;
import dev.connections.http.JsonObject;
import dev.connections.http.JsonPage;
import dev.connections.http.LinkHeader;
import dev.connections.http.OffsetPage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

/** The Table API of one instance: one request is one page. Safe for any thread. */
final class TableApi {
  private final HttpService service;
  private final InstanceFailures failures;
  private final List<String> path;

  TableApi(HttpService service, InstanceFailures failures, List<String> path) {
    this.service = service;
    this.failures = failures;
    this.path = path;
  }

  HttpService service() {
    return service;
  }

  InstanceFailures failures() {
    return failures;
  }

  /** Which records, and whether they are counted. */
  record Part(String query, long offset, int limit, boolean counted) {}

  <T> OffsetPage<T> page(
      RecordQuery query, Part part, Function<JsonObject, T> row, Operation operation) {
    return service.read(
        "page of " + query.table(),
        request(query, part),
        answer -> pageOf(query, answer, row),
        operation);
  }

  /** As {@link #page}, but tried once: for the test, where waiting helps nobody. */
  OffsetPage<JsonObject> once(RecordQuery query, Part part, Operation operation) {
    return service.write(
        "page of " + query.table(),
        request(query, part),
        answer -> pageOf(query, answer, row -> row),
        operation);
  }

  private HttpRequest request(RecordQuery query, Part part) {
    String[] segments =
        Stream.concat(path.stream(), Stream.of(query.table())).toArray(String[]::new);
    HttpRequest request =
        HttpRequest.get(segments)
            .header("Accept", "application/json")
            .query("sysparm_query", part.query())
            .query("sysparm_fields", String.join(",", query.fields()))
            .query("sysparm_limit", Integer.toString(part.limit()))
            .query("sysparm_offset", Long.toString(part.offset()))
            .query("sysparm_display_value", "false")
            .query("sysparm_exclude_reference_link", "true")
            .expecting(404);
    return part.counted() ? request : request.query("sysparm_no_count", "true");
  }

  private <T> OffsetPage<T> pageOf(RecordQuery query, Answer answer, Function<JsonObject, T> row)
      throws IOException {
    Set<String> asked = Set.copyOf(query.fields());
    AtomicBoolean asAsked = new AtomicBoolean(true);
    JsonPage<T> page;
    try {
      page =
          JsonPage.read(
              answer,
              "result",
              cells -> {
                asAsked.compareAndSet(true, asked.containsAll(cells.names()));
                return row.apply(cells);
              });
    } catch (IOException unreadable) {
      if (answer.closing().contains("Transaction cancelled")) {
        throw failures.cancelled().asException(unreadable);
      }
      throw unreadable;
    }
    boolean failed = page.rest().object("error").isPresent();
    if (answer.status() == 404 && failed) {
      return new OffsetPage<>(List.of(), total(answer), LinkHeader.next(answer).isPresent(), true);
    }
    if (failed || !page.found()) {
      throw notAPage(answer);
    }
    return new OffsetPage<>(
        page.rows(), total(answer), LinkHeader.next(answer).isPresent(), asAsked.get());
  }

  private ConnectionException notAPage(Answer answer) {
    if (answer.closing().contains("Transaction cancelled")) {
      return failures.cancelled().asException();
    }
    return service.failures().of(StandardErrorCode.MALFORMED_DATA, answer);
  }

  private static OptionalLong total(Answer answer) {
    return answer
        .header("X-Total-Count")
        .filter(text -> text.matches("[0-9]{1,12}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }
}

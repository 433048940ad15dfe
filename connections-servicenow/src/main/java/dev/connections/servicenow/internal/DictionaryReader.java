package dev.connections.servicenow.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.http.JsonObject;
import dev.connections.servicenow.internal.ServiceNowFields.Schemas;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads what an instance says of itself: its tables, then the columns of all or of some. */
final class DictionaryReader {
  /** A GET stays below what proxies and the instance take for an address. */
  private static final int LONGEST_LIST = 4_500;

  private static final int MOST_NAMES = 150;

  private final Pager pager;
  private final Parallel parallel;
  private final Options options;

  /**
   * What is read beside the columns.
   *
   * @param schemas what counts as a schema
   * @param choices whether choices are read
   * @param language the language of labels, if not the instance's own
   */
  record Options(Schemas schemas, boolean choices, Optional<String> language) {}

  DictionaryReader(Pager pager, Parallel parallel, Options options) {
    this.pager = pager;
    this.parallel = parallel;
    this.options = options;
  }

  /** What one reading found beside the rows. Safe for any thread. */
  static final class Findings {
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final Map<RecordQuery, String> watched = new ConcurrentHashMap<>();
    private volatile boolean complete = true;

    List<Notice> notices() {
      return notices;
    }

    void watch(RecordQuery query, String freshness) {
      watched.put(query, freshness);
    }

    /** {@return count and newest change of each of the queries; empty if one isn't known} */
    Optional<String> freshness(List<RecordQuery> queries) {
      if (!complete || !watched.keySet().containsAll(queries)) {
        return Optional.empty();
      }
      return Optional.of(queries.stream().map(watched::get).collect(Collectors.joining("|")));
    }

    private void hidden(String what, String table, long count) {
      if (count > 0) {
        notices.add(
            Notice.of(
                    NoticeCode.HIDDEN_BY_PERMISSION,
                    new Notice.Scope.Source(),
                    "The instance hides " + count + " " + what + " from this user (" + table + ").")
                .withRemedy(InstanceFailures.RIGHTS)
                .withHidden(count));
      }
    }

    private void missing(String what, Failure why) {
      complete = false;
      notices.add(
          Notice.of(
                  NoticeCode.NOT_LOADED,
                  new Notice.Scope.Source(),
                  what + " couldn't be read (" + why.code().id() + ").")
              .withRemedy(why.remedy().orElse(InstanceFailures.RIGHTS)));
    }
  }

  Tables tables(Findings findings, Operation operation) {
    Listing<TableRow> listing = pager.all(TableRow.QUERY, TableRow::of, operation);
    findings.watch(TableRow.QUERY, listing.freshness());
    findings.hidden("tables", TableRow.QUERY.table(), listing.hidden());
    Set<String> views = names("Database views", OtherRow.VIEWS, "name", findings, operation);
    boolean mayHaveRemote =
        listing.rows().stream().anyMatch(row -> row.name().matches("(st|v)_.*"));
    Set<String> remote =
        mayHaveRemote
            ? names("Remote tables", OtherRow.REMOTE_TABLES, "table", findings, operation)
            : Set.of();
    return new Tables(options.schemas(), listing, views, remote);
  }

  private Set<String> names(
      String what, RecordQuery query, String field, Findings findings, Operation operation) {
    return optional(what, findings, () -> pager.all(query, OtherRow::of, operation)).rows().stream()
        .map(row -> row.text(field))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** What isn't there on this instance is as good as empty; what fails otherwise is told. */
  private static Listing<OtherRow> optional(
      String what, Findings findings, Supplier<Listing<OtherRow>> reading) {
    try {
      return reading.get();
    } catch (ConnectionException failed) {
      if (failed.category() == Category.CANCELLED || failed.category() == Category.AUTHENTICATION) {
        throw failed;
      }
      if (failed.category() != Category.NOT_FOUND) {
        findings.missing(what, failed.failure());
      }
      return new Listing<>(List.of(), 0);
    }
  }

  /** {@return how many requests the columns of all or of some tables will take, roughly} */
  static long calls(int tables, Optional<Set<String>> wanted) {
    long columns = tables * 20L;
    return 2
        + wanted
            .map(names -> (long) names.size() / MOST_NAMES + 1)
            .orElse(columns / Pager.LARGEST + 1);
  }

  /**
   * Reads columns, overrides, types and what the options ask for, side by side.
   *
   * @param wanted the tables whose columns are read; empty for all
   */
  Dictionary dictionary(Optional<Set<String>> wanted, Findings findings, Operation operation) {
    Listing<DictionaryRow> columns = columns(wanted, findings, operation);
    List<RecordQuery> queries = new ArrayList<>(watchedBesideColumns());
    queries.add(OtherRow.TYPES);
    Map<String, List<OtherRow>> others = new ConcurrentHashMap<>();
    parallel.forEach(
        queries,
        Pager.WORKERS,
        operation,
        query -> others.put(query.table(), other(query, wanted, findings, operation)));
    Dictionary dictionary =
        new Dictionary(new FieldTypes(scalars(of(OtherRow.TYPES, others))), columns.hidden() > 0);
    dictionary.addColumns(columns.rows());
    dictionary.addOverrides(of(OtherRow.OVERRIDES, others));
    dictionary.addChoices(of(OtherRow.CHOICES, others));
    dictionary.addDocumentation(of(OtherRow.DOCUMENTATION, others));
    return dictionary;
  }

  private static List<OtherRow> of(RecordQuery query, Map<String, List<OtherRow>> others) {
    return others.getOrDefault(query.table(), List.of());
  }

  /** {@return the queries whose changes change the metadata} */
  List<RecordQuery> watched() {
    List<RecordQuery> watched = new ArrayList<>(List.of(TableRow.QUERY, DictionaryRow.ALL));
    watched.addAll(watchedBesideColumns());
    return watched;
  }

  private List<RecordQuery> watchedBesideColumns() {
    List<RecordQuery> queries = new ArrayList<>(List.of(OtherRow.OVERRIDES));
    if (options.choices()) {
      queries.add(OtherRow.CHOICES.where("language=" + options.language().orElse("en")));
    }
    options
        .language()
        .ifPresent(code -> queries.add(OtherRow.DOCUMENTATION.where("language=" + code)));
    return queries;
  }

  private static Map<String, String> scalars(Collection<OtherRow> types) {
    Map<String, String> scalars = new HashMap<>();
    types.forEach(row -> scalars.put(row.text("name"), row.text("scalar_type")));
    return scalars;
  }

  private Listing<DictionaryRow> columns(
      Optional<Set<String>> wanted, Findings findings, Operation operation) {
    Words words = new Words();
    Listing<DictionaryRow> read =
        ofSome(
            DictionaryRow.ALL,
            wanted,
            row -> DictionaryRow.of(row, words),
            DictionaryRow::table,
            operation);
    findings.hidden("columns", DictionaryRow.TABLE, read.hidden());
    if (wanted.isEmpty()) {
      findings.watch(DictionaryRow.ALL, read.freshness());
    }
    return read;
  }

  private List<OtherRow> other(
      RecordQuery query, Optional<Set<String>> wanted, Findings findings, Operation operation) {
    boolean small = List.of(OtherRow.OVERRIDES, OtherRow.TYPES).contains(query);
    Optional<Set<String>> names = small ? Optional.empty() : wanted;
    Listing<OtherRow> read =
        optional(
            query.table(),
            findings,
            () -> ofSome(query, names, OtherRow::of, row -> row.text("name"), operation));
    if (names.isEmpty()) {
      findings.watch(query, read.freshness());
    }
    return read.rows();
  }

  /** A list of names is a condition of the kind that every user may use. */
  private <T extends Row> Listing<T> ofSome(
      RecordQuery query,
      Optional<Set<String>> names,
      Function<JsonObject, T> row,
      Function<T, String> tableOf,
      Operation operation) {
    if (names.isEmpty()) {
      return pager.all(query, row, operation);
    }
    List<Listing<T>> parts = new CopyOnWriteArrayList<>();
    parallel.forEach(
        batches(names.get()),
        Pager.WORKERS,
        operation,
        batch -> {
          Predicate<T> asked = read -> batch.contains(tableOf.apply(read));
          RecordQuery some = query.where("nameIN" + String.join(",", batch));
          parts.add(pager.all(some, row, asked, operation));
        });
    List<T> rows = parts.stream().flatMap(part -> part.rows().stream()).toList();
    return Listing.of(rows, parts.stream().mapToLong(Listing::total).sum());
  }

  static List<Set<String>> batches(Collection<String> names) {
    List<Set<String>> batches = new ArrayList<>();
    Set<String> batch = new HashSet<>();
    int length = 0;
    for (String name : names.stream().sorted().toList()) {
      int more = URLEncoder.encode(name + ",", StandardCharsets.UTF_8).length();
      if (batch.size() == MOST_NAMES || (length + more > LONGEST_LIST && !batch.isEmpty())) {
        batches.add(batch);
        batch = new HashSet<>();
        length = 0;
      }
      batch.add(name);
      length += more;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}

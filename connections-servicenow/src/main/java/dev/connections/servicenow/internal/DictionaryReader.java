package dev.connections.servicenow.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.http.Findings;
import dev.connections.http.JsonObject;
import dev.connections.http.NameLists;
import dev.connections.servicenow.ServiceNowErrorCode;
import dev.connections.servicenow.internal.ServiceNowFields.Schemas;
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

  /** Takes note that it can't be told whether a table changed. */
  static void unsorted(String table, Findings findings) {
    findings.tell(
        NoticeCode.NOT_LOADED,
        "Whether "
            + table
            + " has changed is unknown: the instance doesn't sort it for this user, or"
            + " hides what is newest. So everything was read.",
        InstanceFailures.sorting(table));
  }

  private static void hidden(String what, String table, long count, Findings findings) {
    findings.hidden(
        count,
        "The instance hides " + count + " " + what + " from this user (" + table + ").",
        InstanceFailures.RIGHTS);
  }

  private static void watch(RecordQuery query, String freshness, Findings findings) {
    findings.state(query.toString(), freshness);
  }

  Tables tables(Findings findings, Operation operation) {
    Listing<TableRow> listing = listed(findings, operation);
    long unnamed = listing.rows().stream().filter(row -> !RecordQuery.isName(row.name())).count();
    if (unnamed > 0) { // it would mean something else in a query
      findings.tell(
          NoticeCode.SKIPPED,
          unnamed + " rows of sys_db_object have a name that no table can have.",
          "Look in sys_db_object for names with other signs than letters, digits, '_', '$' and"
              + " '-'.");
    }
    Set<String> views = names("Database views", OtherRow.VIEWS, "name", findings, operation);
    boolean mayHaveRemote =
        listing.rows().stream().anyMatch(row -> row.name().matches("(st|v)_.*"));
    Set<String> remote =
        mayHaveRemote
            ? names("Remote tables", OtherRow.REMOTE_TABLES, "table", findings, operation)
            : Set.of();
    return new Tables(options.schemas(), listing, views, remote);
  }

  /** All at once; where that needs an order which is refused, from parents to children. */
  private Listing<TableRow> listed(Findings findings, Operation operation) {
    try {
      Listing<TableRow> all = pager.all(TableRow.QUERY, TableRow::of, operation);
      watch(TableRow.QUERY, all.freshness(), findings);
      hidden("tables", TableRow.QUERY.table(), all.hidden(), findings);
      return all;
    } catch (ConnectionException refused) {
      if (!refused.is(ServiceNowErrorCode.ORDER_REFUSED)) {
        throw refused;
      }
      unsorted(TableRow.QUERY.table(), findings);
      Listing<TableRow> found = new TablesByParents(pager, parallel, operation).read();
      // Who doesn't sort doesn't tell what is hidden from what can't be reached.
      findings.hidden(
          found.hidden(),
          found.hidden()
              + " tables of sys_db_object are unknown: the instance hides them or those they extend,"
              + " or they are in a list that it doesn't sort for this user.",
          InstanceFailures.sorting(TableRow.QUERY.table()));
      return found;
    }
  }

  private Set<String> names(
      String what, RecordQuery query, String field, Findings findings, Operation operation) {
    return optional(what, findings, () -> pager.all(query, OtherRow::of, operation)).rows().stream()
        .map(row -> row.text(field))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Listing<OtherRow> optional(
      String what, Findings findings, Supplier<Listing<OtherRow>> reading) {
    return findings
        .optional(what, InstanceFailures.RIGHTS, reading)
        .orElseGet(() -> new Listing<>(List.of(), 0));
  }

  /**
   * Whose columns are read.
   *
   * @param all the names of all tables
   * @param some those that are needed, where it is better to name them; empty for all
   */
  record Wanted(Set<String> all, Optional<Set<String>> some) {}

  /**
   * {@return how many requests it will take to read the columns, roughly} What the options ask for
   * beside them is counted first, which takes a request each.
   */
  long calls(Wanted wanted, Operation operation) {
    long batches = wanted.some().map(names -> (long) batches(names).size()).orElse(0L);
    long calls = 2 + (batches > 0 ? batches : pages(wanted.all().size() * 20L));
    for (RecordQuery query : optionalParts()) {
      calls += batches > 0 ? batches : pages(counted(query, operation));
    }
    return calls;
  }

  private static long pages(long rows) {
    return rows / Pager.LARGEST + 1;
  }

  /** What can't be counted can't be read either, and is told then. */
  private long counted(RecordQuery query, Operation operation) {
    try {
      return pager.count(query, operation);
    } catch (ConnectionException closed) {
      if (closed.category() == Category.CANCELLED || closed.category() == Category.AUTHENTICATION) {
        throw closed;
      }
      return 0;
    }
  }

  /**
   * Reads columns, overrides, types and what the options ask for, side by side.
   *
   * @param wanted whose columns are read
   */
  Dictionary dictionary(Wanted wanted, Findings findings, Operation operation) {
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
    queries.addAll(optionalParts());
    return queries;
  }

  private List<RecordQuery> optionalParts() {
    List<RecordQuery> queries = new ArrayList<>();
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

  private Listing<DictionaryRow> columns(Wanted wanted, Findings findings, Operation operation) {
    Words words = new Words();
    Function<JsonObject, DictionaryRow> row = cells -> DictionaryRow.of(cells, words);
    Listing<DictionaryRow> read =
        rows(DictionaryRow.ALL, wanted, row, DictionaryRow::table, findings, operation);
    hidden("columns", DictionaryRow.TABLE, read.hidden(), findings);
    return read;
  }

  private List<OtherRow> other(
      RecordQuery query, Wanted wanted, Findings findings, Operation operation) {
    boolean small = List.of(OtherRow.OVERRIDES, OtherRow.TYPES).contains(query);
    Wanted whose = small ? new Wanted(wanted.all(), Optional.empty()) : wanted;
    return optional(
            query.table(),
            findings,
            () -> rows(query, whose, OtherRow::of, row -> row.text("name"), findings, operation))
        .rows();
  }

  /** All at once; where that needs an order which is refused, by the names of all tables. */
  private <T extends Row> Listing<T> rows(
      RecordQuery query,
      Wanted wanted,
      Function<JsonObject, T> row,
      Function<T, String> tableOf,
      Findings findings,
      Operation operation) {
    if (wanted.some().isEmpty()) {
      try {
        Listing<T> all = pager.all(query, row, operation);
        watch(query, all.freshness(), findings);
        return all;
      } catch (ConnectionException refused) {
        if (!refused.is(ServiceNowErrorCode.ORDER_REFUSED)) {
          throw refused;
        }
        unsorted(query.table(), findings);
      }
    }
    List<Listing<T>> parts = new CopyOnWriteArrayList<>();
    parallel.forEach(
        batches(wanted.some().orElse(wanted.all())),
        Pager.WORKERS,
        operation,
        batch -> parts.add(named(query, batch, row, tableOf, operation)));
    return Listing.joined(parts);
  }

  /** A list of names is a condition of the kind that every user may use. */
  private <T extends Row> Listing<T> named(
      RecordQuery query,
      Set<String> names,
      Function<JsonObject, T> row,
      Function<T, String> tableOf,
      Operation operation) {
    return Listing.joined(
        NameLists.read(
            names,
            list ->
                pager.all(
                    query.where("nameIN" + String.join(",", list)),
                    row,
                    read -> list.contains(tableOf.apply(read)),
                    operation),
            failed -> failed.is(ServiceNowErrorCode.ORDER_REFUSED) || pager.curedByLess(failed),
            operation));
  }

  /**
   * {@return those of some names that aren't in a list with hidden rows, and may be hidden} The
   * instance counts hidden rows; which of several it means isn't known.
   */
  Set<String> hidden(Collection<String> names, Operation operation) {
    Set<String> hidden = new HashSet<>();
    for (Set<String> batch : batches(names.stream().filter(RecordQuery::isName).toList())) {
      RecordQuery some = TableRow.QUERY.where("nameIN" + String.join(",", batch));
      if (pager.count(some, operation) > 0) {
        hidden.addAll(batch);
      }
    }
    return hidden;
  }

  static List<Set<String>> batches(Collection<String> names) {
    return NameLists.of(names, MOST_NAMES, LONGEST_LIST);
  }
}

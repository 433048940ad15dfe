package dev.connections.servicenow.internal;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.http.JsonObject;
import dev.connections.http.NameLists;
import dev.connections.http.OffsetPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the tables of an instance that doesn't sort them for this user, where they are more than a
 * page: those that extend nothing, then those that extend these, and so on; and where one of these
 * lists is itself longer than a page, its parts by the values of some columns. Ranges would need
 * the right that sorting needs; equality is what every user may ask for.
 */
final class TablesByParents {
  /** What tables of one parent differ in: their application, who made them, and their kind. */
  private static final List<String> PARTS = List.of("sys_scope", "sys_created_by", "is_extendable");

  private static final int LONGEST_LIST = 4_500;
  private static final int MOST_VALUES = 300;

  /** Tables that are made while they are listed. */
  private static final int MADE_MEANWHILE = 1_000;

  private static final RecordQuery QUERY =
      new RecordQuery(
          TableRow.QUERY.table(),
          "",
          Stream.concat(TableRow.QUERY.fields().stream(), PARTS.stream()).toList());

  private final Pager pager;
  private final Parallel parallel;
  private final Operation operation;
  private final Map<String, TableRow> found = new HashMap<>();

  TablesByParents(Pager pager, Parallel parallel, Operation operation) {
    this.pager = pager;
    this.parallel = parallel;
    this.operation = operation;
  }

  /** A table, and what tells it apart from others of its parent. */
  private record Child(TableRow table, List<String> parts) implements Row {
    static Child of(JsonObject row) {
      return new Child(
          TableRow.of(row), PARTS.stream().map(column -> Cells.text(row, column)).toList());
    }

    @Override
    public String id() {
      return table.id();
    }

    @Override
    public String updated() {
      return table.updated();
    }
  }

  /** {@return what was found, beside the number of all} */
  Listing<TableRow> read() {
    OffsetPage<TableRow> any = pager.any(TableRow.QUERY, TableRow::of, row -> true, operation);
    long total = any.total().orElse(0);
    Collection<TableRow> last = new ArrayList<>(any.rows());
    last.addAll(list("super_classISEMPTY", row -> row.table().parentId().isEmpty()));
    Set<String> asked = new HashSet<>();
    for (int depth = 0; depth < Tables.DEEPEST && !last.isEmpty(); depth++) {
      last.forEach(row -> found.put(row.id(), row));
      if (found.size() > any.total().orElse(1_000_000) + MADE_MEANWHILE) {
        throw pager.malformed(); // who makes tables up would do so for ever
      }
      Collection<TableRow> children = new ConcurrentLinkedQueue<>();
      parallel.forEach(
          DictionaryReader.batches(parents(last, asked)),
          Pager.WORKERS,
          operation,
          batch -> children.addAll(childrenOf(batch)));
      last = children;
    }
    return Listing.of(found.values(), total);
  }

  /** Of a table that is hidden the key is known from those that extend it. */
  private static Set<String> parents(Collection<TableRow> of, Set<String> asked) {
    Set<String> parents = new HashSet<>();
    for (TableRow row : of) {
      parents.add(row.id());
      parents.add(row.parentId());
    }
    parents.removeIf(id -> !RecordQuery.isName(id) || !asked.add(id));
    return parents;
  }

  private List<TableRow> childrenOf(Set<String> parents) {
    String condition = "super_classIN" + String.join(",", parents);
    Predicate<Child> asked = row -> parents.contains(row.table().parentId());
    if (parents.size() == 1) {
      return list(condition, asked);
    }
    OffsetPage<Child> children = page(QUERY.where(condition), asked);
    if (!children.more()) {
      return tables(children.rows());
    }
    operation.checkpoint();
    return NameLists.halves(parents).stream().flatMap(half -> childrenOf(half).stream()).toList();
  }

  private OffsetPage<Child> page(RecordQuery query, Predicate<Child> asked) {
    return pager.any(query, Child::of, asked, operation);
  }

  private static List<TableRow> tables(List<Child> children) {
    return children.stream().map(Child::table).toList();
  }

  private List<TableRow> list(String condition, Predicate<Child> asked) {
    return tables(whole(QUERY.where(condition), asked, 0));
  }

  /** A page, or what it has and its parts; parts that are still longer stay unknown. */
  private List<Child> whole(RecordQuery query, Predicate<Child> asked, int part) {
    OffsetPage<Child> page = page(query, asked);
    if (!page.more() || part == PARTS.size()) {
      return page.rows();
    }
    String column = PARTS.get(part);
    List<Child> all = new ArrayList<>(page.rows());
    all.addAll(
        whole(
            query.where(column + "ISEMPTY"),
            asked.and(row -> row.parts().get(part).isEmpty()),
            part + 1));
    Set<String> known = new HashSet<>();
    Set<String> values = values(page.rows(), part, known);
    while (!values.isEmpty()) {
      for (String value : values) {
        operation.checkpoint();
        all.addAll(
            whole(
                query.where(column + "=" + value),
                asked.and(row -> row.parts().get(part).equalsIgnoreCase(value)),
                part + 1));
      }
      known.addAll(values);
      values = values(others(query, asked, part, known), part, known);
    }
    return all;
  }

  /** Of the values that no page has shown yet. */
  private List<Child> others(
      RecordQuery query, Predicate<Child> asked, int part, Set<String> known) {
    String list = String.join(",", known);
    return list.length() > LONGEST_LIST
        ? List.of()
        : page(
                query.where(PARTS.get(part) + "NOT IN" + list),
                asked.and(row -> !known.contains(row.parts().get(part))))
            .rows();
  }

  private static Set<String> values(List<Child> rows, int part, Set<String> known) {
    Set<String> values = new HashSet<>();
    for (Child row : rows) {
      String value = row.parts().get(part);
      if (isValue(value) && !known.contains(value) && values.size() < MOST_VALUES) {
        values.add(value);
      }
    }
    return values;
  }

  /** Other signs would mean something else in a query. */
  private static boolean isValue(String text) {
    return text.matches("[A-Za-z0-9_.@$-]{1,80}");
  }
}

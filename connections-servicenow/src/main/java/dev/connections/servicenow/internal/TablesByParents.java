package dev.connections.servicenow.internal;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.http.NameLists;
import dev.connections.http.OffsetPage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Finds the tables of an instance that doesn't sort them for this user, where they are more than a
 * page: those that extend nothing, then those that extend these, and so on. Such conditions are of
 * the kind that every user may use.
 */
final class TablesByParents {
  private final Pager pager;
  private final Parallel parallel;
  private final Operation operation;
  private final Collection<TableRow> found = new ArrayList<>();

  TablesByParents(Pager pager, Parallel parallel, Operation operation) {
    this.pager = pager;
    this.parallel = parallel;
    this.operation = operation;
  }

  /** {@return what was found, beside the number of all} */
  Listing<TableRow> read() {
    OffsetPage<TableRow> any = pager.any(TableRow.QUERY, TableRow::of, row -> true, operation);
    OffsetPage<TableRow> roots =
        pager.any(
            TableRow.QUERY.where("super_classISEMPTY"),
            TableRow::of,
            row -> row.parentId().isEmpty(),
            operation);
    found.addAll(any.rows());
    found.addAll(roots.rows());
    Set<String> asked = new HashSet<>();
    Set<String> parents = parents(found, asked);
    while (!parents.isEmpty()) {
      Collection<TableRow> children = new ConcurrentLinkedQueue<>();
      parallel.forEach(
          DictionaryReader.batches(parents),
          Pager.WORKERS,
          operation,
          batch -> children.addAll(childrenOf(batch)));
      found.addAll(children);
      parents = parents(children, asked);
    }
    return Listing.of(found, any.total().orElse(0));
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

  /** Of what extends one table and is longer than a page, only one page can be had. */
  private List<TableRow> childrenOf(Set<String> parents) {
    OffsetPage<TableRow> children =
        pager.any(
            TableRow.QUERY.where("super_classIN" + String.join(",", parents)),
            TableRow::of,
            row -> parents.contains(row.parentId()),
            operation);
    if (!children.more() || parents.size() == 1) {
      return children.rows();
    }
    operation.checkpoint();
    return NameLists.halves(parents).stream().flatMap(half -> childrenOf(half).stream()).toList();
  }
}

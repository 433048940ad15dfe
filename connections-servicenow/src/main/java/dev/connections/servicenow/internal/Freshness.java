package dev.connections.servicenow.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.http.OffsetPage;
import dev.connections.http.OffsetPager;
import dev.connections.servicenow.ServiceNowErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a table changed: how many records a query has and which of them changed last, in one
 * request. A new or changed record changes the second, a deleted one the first.
 */
final class Freshness {
  /**
   * Some of the newest may be hidden, and among several it shows whether they are sorted at all.
   */
  private static final int LOOKED_AT = 100;

  private Freshness() {}

  static String text(long total, Row newest) {
    return total + " " + newest.updated() + " " + newest.id();
  }

  static String text(long total) {
    return Long.toString(total);
  }

  /**
   * {@return count and newest change; empty if that can't be told, above all without an order} Then
   * everything is read.
   */
  static Optional<String> ask(TableApi api, RecordQuery query, Operation operation) {
    RecordQuery keys =
        new RecordQuery(query.table(), query.condition(), List.of("sys_id", "sys_updated_on"));
    String newestFirst = query.orderedBy("ORDERBYDESCsys_updated_on^ORDERBYDESCsys_id");
    TableApi.Part part = new TableApi.Part(newestFirst, 0, LOOKED_AT, true);
    try {
      OffsetPage<OtherRow> page = api.page(keys, part, OtherRow::of, operation);
      if (!page.asAsked() || page.total().isEmpty() || !newestFirst(page.rows())) {
        return Optional.empty();
      }
      long total = page.total().getAsLong();
      if (page.rows().isEmpty()) {
        return total == 0 ? Optional.of(text(total)) : Optional.empty();
      }
      return Optional.of(text(total, page.rows().get(0)));
    } catch (ConnectionException refused) {
      if (refused.category() == Category.PERMISSION
          || refused.is(ServiceNowErrorCode.TRANSACTION_CANCELLED)
          || OffsetPager.curedByLess(refused)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static boolean newestFirst(List<OtherRow> rows) {
    List<String> keys = new ArrayList<>();
    rows.forEach(row -> keys.add(row.updated() + " " + row.id()));
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).compareTo(keys.get(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}

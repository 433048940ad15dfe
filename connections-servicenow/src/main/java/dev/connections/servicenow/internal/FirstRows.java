package dev.connections.servicenow.internal;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.http.JsonObject;
import dev.connections.http.OffsetPage;
import dev.connections.servicenow.ServiceNowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first records of a table. What is encrypted, or isn't stored, isn't asked for. */
final class FirstRows implements RowPreview {
  private final ServiceNowAdapter adapter;
  private final TableApi api;
  private final int pageSize;

  FirstRows(ServiceNowAdapter adapter, TableApi api, int pageSize) {
    this.adapter = adapter;
    this.api = api;
    this.pageSize = pageSize;
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    Operation call = adapter.during(operation);
    List<String> columns =
        adapter.getTableMetadata(table, call).columns().stream()
            .filter(FirstRows::shown)
            .map(Column::name)
            .toList();
    RecordQuery query = new RecordQuery(table.table(), "", columns);
    List<List<Optional<Object>>> read = new ArrayList<>();
    long total = Long.MAX_VALUE;
    boolean more = true;
    int limit = Math.min(pageSize, rows + 1);
    for (long offset = 0; more && read.size() <= rows && offset < total; offset += limit) {
      OffsetPage<JsonObject> page;
      try {
        page = page(query, offset, limit, call);
      } catch (ConnectionException failed) {
        if (limit == 1 || !Pager.curedByLess(failed)) {
          throw failed;
        }
        limit = limit / 2;
        page = page(query, offset, limit, call);
      }
      total = page.total().orElse(total);
      page.rows().forEach(row -> read.add(values(row, columns)));
      more = page.more();
    }
    boolean longer = read.size() > rows;
    return new RowSample(columns, read.subList(0, Math.min(rows, read.size())), longer);
  }

  private OffsetPage<JsonObject> page(RecordQuery query, long offset, int limit, Operation call) {
    TableApi.Part part = new TableApi.Part("ORDERBYsys_id", offset, limit, offset == 0);
    OffsetPage<JsonObject> page = api.page(query, part, row -> row, call);
    if (!page.asAsked()) {
      throw api.service().failures().of(StandardErrorCode.MALFORMED_DATA).asException();
    }
    return page;
  }

  private static boolean shown(Column column) {
    return column
        .extension(ServiceNowColumn.class)
        .map(known -> !known.sensitive() && !known.calculated())
        .orElse(true);
  }

  private static List<Optional<Object>> values(JsonObject row, List<String> columns) {
    List<Optional<Object>> values = new ArrayList<>(columns.size());
    for (String column : columns) {
      values.add(Optional.<Object>of(Cells.text(row, column)).filter(text -> !text.equals("")));
    }
    return values;
  }
}

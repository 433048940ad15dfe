package dev.connections.servicenow.internal;

import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.RowPreview;
import dev.connections.api.TableName;
import dev.connections.http.JsonObject;
import dev.connections.http.OffsetPager;
import dev.connections.servicenow.ServiceNowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first records of a table. What is encrypted, or isn't stored, isn't asked for. */
final class FirstRows implements RowPreview {
  private final ConnectionAdapter adapter;
  private final TableApi api;
  private final OffsetPager pages;

  FirstRows(ConnectionAdapter adapter, TableApi api, Parallel parallel, int pageSize) {
    this.adapter = adapter;
    this.api = api;
    this.pages = Pager.pages(api, parallel, pageSize, 1);
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    Operation call = api.service().during(operation);
    List<String> columns =
        adapter.getTableMetadata(table, call).columns().stream()
            .filter(FirstRows::shown)
            .map(Column::name)
            .toList();
    RecordQuery query = new RecordQuery(table.table(), "", columns);
    OffsetPager.First<JsonObject> first =
        pages.first(
            new Pager.Records<>(
                api, query, "ORDERBYsys_id", row -> row, row -> true, row -> "", call),
            rows,
            call);
    return new RowSample(
        columns, first.rows().stream().map(row -> values(row, columns)).toList(), first.more());
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

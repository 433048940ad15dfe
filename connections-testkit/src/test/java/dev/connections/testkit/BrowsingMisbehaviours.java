package dev.connections.testkit;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Adapters that list or read single tables wrongly, or offer the wrong features. */
final class BrowsingMisbehaviours {
  private BrowsingMisbehaviours() {}

  static final List<Misbehaviour> ALL =
      List.of(
          Misbehaviour.of(
              "lists schemas in any order",
              Twist.adapter(BrowsingMisbehaviours::unsorted),
              "schemas_are_listed_once_and_in_order"),
          Misbehaviour.of(
              "loses a table between two pages",
              Twist.adapter(adapter -> pages(adapter, BrowsingMisbehaviours::withoutLast)),
              "pages_show_every_table_once"),
          Misbehaviour.of(
              "gives longer pages than asked for",
              Twist.adapter(BrowsingMisbehaviours::generous),
              "pages_show_every_table_once"),
          Misbehaviour.of(
              "leads back to the same page for ever",
              Twist.adapter(adapter -> pages(adapter, BrowsingMisbehaviours::circular)),
              "pages_show_every_table_once"),
          Misbehaviour.of(
              "filters names by case",
              Twist.adapter(BrowsingMisbehaviours::caseSensitive),
              "a_part_of_the_name_filters_without_regard_to_case"),
          Misbehaviour.of(
              "knows every schema",
              Twist.adapter(BrowsingMisbehaviours::knowingEverySchema),
              "an_unknown_schema_is_not_found"),
          Misbehaviour.of(
              "knows every table",
              Twist.adapter(BrowsingMisbehaviours::knowingEveryTable),
              "an_unknown_table_is_not_found"),
          Misbehaviour.of(
              "loads no columns of a table read by itself",
              Twist.adapter(BrowsingMisbehaviours::withoutColumns),
              "a_listed_table_can_be_read",
              "a_preview_shows_rows_of_the_columns",
              "a_table_read_by_itself_equals_the_same_table_read_in_bulk",
              "tables_asked_for_by_name_are_read_and_nothing_else_is_listed"),
          Misbehaviour.of(
              "offers what it doesn't declare",
              Twist.adapter(BrowsingMisbehaviours::running),
              "an_adapter_offers_the_features_declared_and_no_other"));

  private static ConnectionAdapter unsorted(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public List<SchemaInfo> listSchemas(Operation operation) {
        List<SchemaInfo> schemas = new ArrayList<>(super.listSchemas(operation));
        Collections.reverse(schemas);
        return schemas;
      }
    };
  }

  private interface PageChange {
    Page<TableInfo> of(Page<TableInfo> page, TableQuery query);
  }

  private static ConnectionAdapter pages(ConnectionAdapter adapter, PageChange change) {
    return new TwistedAdapter(adapter) {
      @Override
      public Page<TableInfo> listTables(TableQuery query, Operation operation) {
        return change.of(super.listTables(query, operation), query);
      }
    };
  }

  private static Page<TableInfo> withoutLast(Page<TableInfo> page, TableQuery query) {
    return page.next().isEmpty()
        ? page
        : new Page<>(
            page.items().subList(0, page.items().size() - 1),
            page.next(),
            page.total(),
            page.notices());
  }

  private static Page<TableInfo> circular(Page<TableInfo> page, TableQuery query) {
    return query.pageToken().isEmpty()
        ? page
        : new Page<>(page.items(), query.pageToken(), page.total(), page.notices());
  }

  private static ConnectionAdapter generous(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public Page<TableInfo> listTables(TableQuery query, Operation operation) {
        return super.listTables(query.limit(query.limit() + 1), operation);
      }
    };
  }

  private static ConnectionAdapter caseSensitive(ConnectionAdapter adapter) {
    return pages(
        adapter,
        (page, query) ->
            new Page<>(
                page.items().stream()
                    .filter(
                        info ->
                            query
                                .nameContains()
                                .map(part -> info.name().table().contains(part))
                                .orElse(true))
                    .toList(),
                page.next(),
                page.total(),
                page.notices()));
  }

  private static ConnectionAdapter knowingEverySchema(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public Page<TableInfo> listTables(TableQuery query, Operation operation) {
        return query.schema().schema().startsWith("no_such")
            ? Page.only(List.of())
            : super.listTables(query, operation);
      }
    };
  }

  private static ConnectionAdapter knowingEveryTable(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public TableMetadata getTableMetadata(TableName table, Operation operation) {
        return table.table().startsWith("no_such")
            ? TableMetadata.builder(TableInfo.of(table, TableKind.TABLE), Set.of()).build()
            : super.getTableMetadata(table, operation);
      }
    };
  }

  private static ConnectionAdapter withoutColumns(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public TableMetadata getTableMetadata(TableName table, Operation operation) {
        return super.getTableMetadata(table, operation).only(Set.of());
      }
    };
  }

  private static ConnectionAdapter running(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public <T> Optional<T> as(Class<T> feature) {
        StatementRunner runner =
            (statement, operation) -> {
              throw SyntheticFailures.call(StandardErrorCode.PERMISSION_DENIED).asException();
            };
        return feature == StatementRunner.class
            ? Optional.of(feature.cast(runner))
            : super.as(feature);
      }
    };
  }
}

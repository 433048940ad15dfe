package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.TestStatus;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.secrets.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file-system plugin as a host has it: found by ServiceLoader, reached through core. */
final class FilesThroughCoreTest {
  @TempDir private Path directory;

  private final Connections connections = Connections.builder().keys(KeySource.ephemeral()).build();
  private final TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));

  @BeforeEach
  void someFiles() throws IOException {
    Files.createDirectories(directory.resolve("sales"));
    Files.writeString(directory.resolve("sales/orders.csv"), "id,total\n1,9.50\n2,3.25\n");
    Files.writeString(directory.resolve("people.json"), "[{\"name\":\"Ada\",\"born\":1815}]");
  }

  @AfterEach
  void close() {
    connections.close();
  }

  private Connection stored() {
    return mine.create(
        ConnectionDraft.of("filesystem", "Files").set("base_path", directory.toString()));
  }

  @Test
  void a_stored_type_name_opens_the_plugin_in_any_case() {
    Connection connection =
        mine.create(
            ConnectionDraft.of("FileSystem", "As stored").set("base_path", directory.toString()));

    assertThat(mine.test(connection.id()).passed()).isTrue();
    assertThat(mine.get(connection.id()).type()).isEqualTo("FileSystem");
    assertThat(mine.get(connection.id()).test().status()).isEqualTo(TestStatus.SUCCESS);
  }

  @Test
  void a_test_is_a_list_of_steps_that_begins_with_the_configuration() {
    TestResult result = mine.test(stored().id());

    assertThat(result.steps().get(0).id()).isEqualTo("validate");
    assertThat(result.passed()).isTrue();
  }

  @Test
  void one_by_one_and_in_bulk_a_table_is_the_same() {
    Connection connection = stored();
    ConcurrentLinkedQueue<TableMetadata> bulk = new ConcurrentLinkedQueue<>();

    ImportReport report =
        mine.importMetadata(
                connection.id(),
                ImportOptions.all(),
                new ImportListener() {
                  @Override
                  public void table(TableMetadata table) {
                    bulk.add(table);
                  }
                })
            .join()
            .orThrow();

    assertThat(report.datasets()).isEqualTo(2);
    assertThat(report.columns()).isEqualTo(4);
    assertThat(bulk)
        .hasSize(2)
        .allSatisfy(
            table ->
                assertThat(mine.getTableMetadata(connection.id(), table.name()).columns())
                    .isEqualTo(table.columns()));
  }

  @Test
  void browsing_goes_from_schemas_to_tables_to_columns() {
    Connection connection = stored();

    assertThat(mine.listSchemas(connection.id()))
        .extracting(schema -> schema.name().schema())
        .containsExactly(".", "sales");
    assertThat(mine.listTables(connection.id(), TableQuery.of(SchemaName.of("sales"))).items())
        .extracting(table -> table.name().table())
        .containsExactly("orders.csv");
  }

  @Test
  void a_feature_the_type_does_not_offer_is_unsupported_by_name() {
    Connection connection = stored();

    for (Class<?> feature : List.of(RowPreview.class, StatementRunner.class)) {
      assertThatThrownBy(() -> mine.use(connection.id(), feature, (offered, operation) -> offered))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> {
                assertThat(e.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
                assertThat(e.failure().message())
                    .containsIgnoringCase("file system")
                    .contains(feature.getSimpleName());
              });
    }
  }

  @Test
  void an_unknown_field_is_named_with_the_one_that_was_meant() {
    assertThatThrownBy(
            () ->
                mine.create(
                    ConnectionDraft.of("filesystem", "Typo")
                        .set("base_path", directory.toString())
                        .set("advanced.recusive", false)))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              Failure failure = e.failure();
              assertThat(failure.code()).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
              assertThat(failure.fields()).containsExactly("advanced.recusive");
              assertThat(failure.remedy().orElseThrow()).contains("advanced.recursive");
            });
  }

  @Test
  void a_type_without_a_plugin_names_those_that_are_installed() {
    assertThat(connections.isAvailable("Snowflake")).isFalse();
    assertThatThrownBy(() -> mine.test(ConnectionDraft.of("Snowflake", "Warehouse")).passed())
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().message())
                  .isEqualTo("Unsupported connection type: Snowflake.");
              assertThat(e.failure().remedy().orElseThrow()).containsIgnoringCase("file system");
            });
  }

  @Test
  void a_file_deleted_after_the_listing_fails_alone() throws IOException {
    Connection connection = stored();
    ImportReport report =
        mine.importMetadata(
                connection.id(),
                ImportOptions.all(),
                new ImportListener() {
                  @Override
                  public boolean proceed(dev.connections.api.ImportPlan plan) {
                    try {
                      Files.delete(directory.resolve("people.json"));
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                    return true;
                  }
                })
            .join();

    assertThat(report.status()).isEqualTo(ImportReport.Status.INCOMPLETE);
    assertThat(report.ledger().balances()).isTrue();
    assertThat(report.ledger().imported()).isEqualTo(1);
    assertThat(report.failedTables())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(StandardErrorCode.NOT_FOUND);
              assertThat(failed.failure().message()).contains("people.json");
            });
  }
}

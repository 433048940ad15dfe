package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One start with every module on the module path, by a host that sees the exports and no more. */
final class ModulePathTest {
  private static final String HOST =
      """
      import dev.connections.api.*;
      import dev.connections.core.*;
      import dev.connections.core.access.*;
      import dev.connections.core.importing.*;
      import dev.connections.core.secrets.*;
      import dev.connections.core.targets.*;
      import dev.connections.store.jdbc.SqliteStore;
      import java.nio.file.Path;
      import java.util.stream.Collectors;

      public final class Main {
        public static void main(String[] arguments) {
          try (Connections connections =
              Connections.builder()
                  .store(SqliteStore.at(Path.of(arguments[1], "store", "connections.db")))
                  .keys(KeySource.localFile(Path.of(arguments[1], "keys", "local.key")))
                  .build()) {
            System.out.println("types " + connections.availableTypes().stream()
                .map(ConnectionType::id).collect(Collectors.joining(" ")));
            System.out.println("problems " + connections.registryProblems());
            TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
            Connection files = mine.create(
                ConnectionDraft.of("filesystem", "Files").set("base_path", arguments[0]));
            System.out.println("test " + mine.test(files.id()).passed());
            Path html = Path.of(arguments[1], "report.html");
            ImportReport report = mine.importMetadata(files.id(), ImportOptions.all(),
                ImportListener.into(
                    JsonSnapshot.to(Path.of(arguments[1], "snapshot.json")),
                    DatabricksDdl.to(Path.of(arguments[1], "ddl.sql"), TargetLayout.in("main")),
                    HtmlReport.to(html))).join();
            System.out.println("import " + report.status() + " " + report.datasets()
                + " " + report.columns());
          }
        }
      }
      """;

  @TempDir private Path classes;
  @TempDir private Path data;
  @TempDir private Path output;

  @Test
  void a_host_tests_and_imports_with_every_module_resolved() throws Exception {
    Files.writeString(data.resolve("people.csv"), "id,name\n1,Ada\n2,Grace\n");
    Files.writeString(data.resolve("events.ndjson"), "{\"at\":\"2026-01-01\",\"n\":1}\n");

    ModulePathHost.Run run =
        ModulePathHost.compile(
                classes, List.of("dev.connections.core", "dev.connections.store.jdbc"), HOST)
            .run(data.toString(), output.toString());

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern(
            "types (?=.*databricks)(?=.*filesystem)(?=.*mssql)(?=.*postgresql)(?=.*servicenow)")
        .contains("problems []")
        .contains("test true")
        .contains("import COMPLETE 2 4");
    assertThat(output.resolve("store/connections.db")).isNotEmptyFile();
    assertThat(output.resolve("report.html")).isNotEmptyFile();
    assertThat(output.resolve("snapshot.json")).isNotEmptyFile();
    assertThat(output.resolve("ddl.sql")).isNotEmptyFile();
  }

  /** Nothing of PostgreSQL is there, nor what needs it: the store in a file works all the same. */
  @Test
  void a_host_with_the_store_in_a_file_starts_without_the_libraries_of_the_other_store()
      throws Exception {
    Files.writeString(data.resolve("people.csv"), "id,name\n1,Ada\n2,Grace\n");

    ModulePathHost.Run run =
        ModulePathHost.compile(
                classes, List.of("dev.connections.core", "dev.connections.store.jdbc"), HOST)
            .runWithout(
                List.of(
                    "flyway-database-postgresql",
                    "HikariCP",
                    "postgresql",
                    "connections-postgresql",
                    "connections-mssql",
                    "connections-databricks",
                    "connections-jdbc"),
                data.toString(),
                output.toString());

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("test true").contains("import COMPLETE 1 2");
    assertThat(run.output()).containsPattern("types (?!.*postgresql)");
    assertThat(output.resolve("store/connections.db")).isNotEmptyFile();
  }

  @Test
  void every_library_of_both_stores_is_on_that_path() {
    assertThat(ModulePathHost.modulePath())
        .contains("flyway-database-postgresql")
        .contains("HikariCP")
        .contains("sqlite-jdbc");
  }

  @Test
  void every_module_of_ours_is_a_named_module_on_that_path() {
    assertThat(ModulePathHost.ourModules())
        .contains(
            "dev.connections.api",
            "dev.connections.core",
            "dev.connections.databricks",
            "dev.connections.filesystem",
            "dev.connections.http",
            "dev.connections.jdbc",
            "dev.connections.mssql",
            "dev.connections.postgresql",
            "dev.connections.servicenow",
            "dev.connections.store.jdbc",
            "dev.connections.testkit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.connections.core.internal.pool.AdapterPool",
        "dev.connections.core.internal.sealing.SecretCipher",
        "dev.connections.core.internal.calls.CallRuntime",
        "dev.connections.core.internal.cache.MetadataCache"
      })
  void what_is_internal_cannot_be_named_by_a_host(String type) {
    StringWriter said = new StringWriter();

    boolean compiles =
        ModulePathHost.compiles(
            classes,
            List.of("dev.connections.core"),
            "public final class Main { " + type + " reached; }",
            said);

    assertThat(compiles).as(type).isFalse();
    assertThat(said.toString()).contains("does not export it");
  }

  @Test
  void the_api_alone_is_enough_for_a_plugin() {
    StringWriter said = new StringWriter();

    boolean compiles =
        ModulePathHost.compiles(
            classes,
            List.of("dev.connections.api"),
            """
            import dev.connections.api.*;

            public final class Main implements ConnectionAdapterProvider {
              static final Field<String> SERVER = Field.text("server").required().destination();

              public ConnectionType type() {
                return ConnectionType.of("x", "X", ConnectionType.Family.OTHER).build();
              }

              public ConfigurationSpec configuration() {
                return ConfigurationSpec.version(1).group("a", "A", SERVER).build();
              }

              public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
                throw StandardFailures.notFound("server", configuration.get(SERVER)).asException();
              }
            }
            """,
            said);

    assertThat(compiles).as(said.toString()).isTrue();
  }
}

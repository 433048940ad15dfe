package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.store.InMemoryConnectionStore;
import dev.connections.core.targets.DatabricksDdl;
import dev.connections.core.targets.HtmlReport;
import dev.connections.core.targets.JsonSnapshot;
import dev.connections.core.targets.TargetLayout;
import dev.connections.mssql.internal.SmallShop;
import dev.connections.mssql.tds.Answer;
import dev.connections.mssql.tds.Query;
import dev.connections.mssql.tds.QueryAnswers;
import dev.connections.mssql.tds.ScriptedAnswers;
import dev.connections.mssql.tds.ServerError;
import dev.connections.testkit.Canary;
import dev.connections.testkit.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A SQL Server, spoken to by its real driver, through everything that a host has. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SqlServerThroughCoreTest {
  private static final Predicate<Query> COLUMNS =
      query -> query.text().contains("left join sys.types y");

  /** The tables and the view of the small shop. */
  private static final int TABLES = 42;

  @TempDir private Path output;

  /** A host with one connection. */
  private record Host(Connections connections, TenantConnections mine, Connection connection)
      implements AutoCloseable {
    static Host of(SmallShop shop) {
      return of(shop, InMemoryConnectionStore.create());
    }

    static Host of(SmallShop shop, InMemoryConnectionStore store) {
      Connections connections = Connections.builder().store(store).build();
      TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
      Connection connection =
          mine.create(ConnectionDraft.of("mssql", "Shop").configuration(shop.values()));
      return new Host(connections, mine, connection);
    }

    ImportJob start(ImportListener listener) {
      return mine.importMetadata(connection.id(), ImportOptions.all(), listener);
    }

    @Override
    public void close() {
      connections.close();
    }
  }

  /** What is imported, each as often as it was. */
  private static final class Collected implements ImportListener {
    private final List<String> tables = new CopyOnWriteArrayList<>();

    @Override
    public void table(TableMetadata table) {
      tables.add(table.info().name().display());
    }
  }

  private static SmallShop answering(Predicate<Query> question, int times, Mishap mishap) {
    return new SmallShop(
        Duration.ZERO,
        answers ->
            ScriptedAnswers.over(answers)
                .when(question, times, query -> mishap.to(answers.answer(query))));
  }

  /** What happens to an answer. */
  @FunctionalInterface
  private interface Mishap {
    Answer to(Answer answer);
  }

  private static long asked(SmallShop shop) {
    return shop.server().queries().stream().filter(COLUMNS).count();
  }

  private static void readsAllOnce(SmallShop shop, int attempts) {
    Collected collected = new Collected();
    try (Host host = Host.of(shop)) {
      ImportReport report = host.start(collected).join();

      assertThat(report.status()).as(report.toString()).isEqualTo(Status.COMPLETE);
      assertThat(report.ledger().imported()).isEqualTo(TABLES);
      assertThat(report.ledger().balances()).isTrue();
      assertThat(report.attempts()).isEqualTo(attempts);
    }
    assertThat(collected.tables).hasSize(TABLES).doesNotHaveDuplicates();
    assertThat(asked(shop)).isEqualTo(attempts);
    assertThat(shop.server().faults()).isEmpty();
  }

  @Test
  void every_table_is_imported_once() {
    try (SmallShop shop = new SmallShop()) {
      readsAllOnce(shop, 1);
    }
  }

  @Test
  void the_victim_of_a_deadlock_goes_on_and_every_table_is_imported_once() {
    ServerError deadlock = ServerError.of(1205).withSeverity(13);
    try (SmallShop shop = answering(COLUMNS, 1, answer -> answer.butThen(deadlock))) {
      readsAllOnce(shop, 2);
    }
  }

  @Test
  void a_server_that_is_cut_off_in_the_midst_is_read_to_its_end_and_every_table_once() {
    try (SmallShop shop =
        answering(COLUMNS, 1, answer -> answer.cutAfter(9_000, Answer.Cut.RESET))) {
      readsAllOnce(shop, 2);
    }
  }

  @Test
  void a_cancel_stops_the_server_and_ends_the_import() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    QueryAnswers silent =
        query -> {
          asked.countDown();
          return Answer.silence();
        };
    try (SmallShop shop =
            new SmallShop(
                Duration.ZERO, answers -> ScriptedAnswers.over(answers).when(COLUMNS, 9, silent));
        Host host = Host.of(shop)) {
      ImportJob job = host.start(ImportListener.NONE);
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      job.cancel();

      ImportReport report = job.join();
      assertThat(report.status()).isEqualTo(Status.CANCELLED);
      assertThat(report.ledger().balances()).isTrue();
      shop.server().awaitStop();
      assertThat(asked(shop)).isEqualTo(1);
    }
  }

  /** As the earlier system stored them: connections that are taken over keep their tables. */
  @Test
  void the_types_of_the_earlier_system_become_what_they_were() throws IOException {
    try (SmallShop shop = new SmallShop();
        Host host = Host.of(shop)) {
      shop.addTable(
          "kinds",
          "int",
          "bigint",
          "varchar",
          "nvarchar",
          "datetime",
          "date",
          "decimal",
          "float",
          "bit");
      Path ddl = output.resolve("ddl.sql");
      host.start(ImportListener.into(DatabricksDdl.to(ddl, TargetLayout.in("main")))).join();

      String text = Files.readString(ddl);
      String kinds = text.substring(text.indexOf("kinds"));
      assertThat(kinds.substring(0, kinds.indexOf(";")))
          .containsPattern("`int` INT\\b")
          .containsPattern("`bigint` BIGINT\\b")
          .containsPattern("`varchar` STRING\\b")
          .containsPattern("`nvarchar` STRING\\b")
          .containsPattern("`datetime` TIMESTAMP\\b(?!_)")
          .containsPattern("`date` DATE\\b")
          .containsPattern("`decimal` DECIMAL\\(18, ?4\\)")
          .containsPattern("`float` DOUBLE\\b")
          .containsPattern("`bit` BOOLEAN\\b");
    }
  }

  /** A host that adds none of the optional libraries. */
  @ParameterizedTest
  @ValueSource(strings = {"password", "service_principal"})
  void a_library_that_the_host_does_not_have_is_named_and_nobody_is_asked(String mode) {
    try (SmallShop shop = new SmallShop();
        Host host = Host.of(shop)) {
      Connection entra =
          host.mine()
              .create(
                  ConnectionDraft.of("mssql", "Entra")
                      .configuration(
                          shop.values()
                              .with("authentication.type", "azure_ad")
                              .with("authentication.mode", mode)));
      Failure failure = host.mine().test(entra.id()).firstFailure().orElseThrow();

      assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
      assertThat(failure.message())
          .isEqualTo(
              "This way of signing in needs com.microsoft.azure:msal4j, which the application"
                  + " doesn't have.");
      assertThat(shop.server().logins()).isZero();
    }
  }

  @Test
  void the_password_and_the_words_of_the_server_reach_nothing_that_is_kept() throws IOException {
    Canary password = Canary.of("password", SmallShop.PASSWORD);
    InMemoryConnectionStore store = InMemoryConnectionStore.create();
    List<String> seen = new ArrayList<>();
    ServerError foreign = ServerError.of(229);
    try (LogCapture log = LogCapture.start();
        SmallShop shop =
            answering(
                query -> query.text().contains("sys.foreign_keys k"),
                9,
                answer -> Answer.refused(foreign));
        Host host = Host.of(shop, store)) {
      seen.add(host.connection().toString());
      seen.add(host.mine().test(host.connection().id()).toString());
      ImportReport report =
          host.start(
                  ImportListener.into(
                      JsonSnapshot.to(output.resolve("snapshot.json")),
                      DatabricksDdl.to(output.resolve("ddl.sql"), TargetLayout.in("main")),
                      HtmlReport.to(output.resolve("report.html"))))
              .join();
      assertThat(report.notices()).isNotEmpty();
      seen.add(report.toString());
      Connection other =
          host.mine()
              .create(
                  ConnectionDraft.of("mssql", "Wrong")
                      .configuration(
                          shop.values()
                              .with(
                                  "authentication.password", Secret.of(SmallShop.PASSWORD + "x"))));
      String refused = host.mine().test(other.id()).toString();
      assertThat(refused).contains(StandardErrorCode.WRONG_CREDENTIALS.id());
      seen.add(refused);
      seen.add(store.find("acme", other.id()).orElseThrow().configuration().json());
      // The driver tells its own log what servers say; it is a host's choice to keep it.
      log.lines().stream().filter(line -> !line.contains(" com.microsoft.")).forEach(seen::add);
      password.assertAbsentFrom("any log", log.text());
    }
    for (String file : List.of("snapshot.json", "ddl.sql", "report.html")) {
      seen.add(Files.readString(output.resolve(file)));
    }

    for (String text : seen) {
      password.assertAbsentFrom("what came out", text);
      assertThat(text).doesNotContain(ServerError.MARK);
    }
  }
}

package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.RecordingSink.Event;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are starting, ending, or only replicas; and hosts that allow less. */
@Timeout(120)
class UnwellServerTest {
  /** Refuses every sign-in with an SQLState, as a server does that isn't ready. */
  private static final class Refusing implements AutoCloseable {
    private final ServerSocket listener;
    private final String state;

    Refusing(String state) throws IOException {
      this.state = state;
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(this::serve, "refusing");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      while (!listener.isClosed()) {
        try (Socket client = listener.accept()) {
          answer(client);
        } catch (IOException e) {
          // Closed, or the client went away.
        }
      }
    }

    private void answer(Socket client) throws IOException {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      byte[] first = in.readNBytes(in.readInt() - 4);
      if (first.length == 4) {
        out.writeByte('N'); // a question whether it encrypts
        out.flush();
        return;
      }
      byte[] fields =
          ("SFATAL\0C" + state + "\0Mcanary-text-of-the-server\0\0")
              .getBytes(StandardCharsets.UTF_8);
      out.writeByte('E');
      out.writeInt(4 + fields.length);
      out.write(fields);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @Test
  void a_server_that_is_starting_says_so_and_names_no_foreign_text() throws IOException {
    try (Refusing server = new Refusing("57P03");
        Opened opened = Opened.of(PostgresServer.values("db", server.listener.getLocalPort()))) {
      TestResult result = opened.adapter().test(TestOperation.start());

      assertThat(result.firstFailure().orElseThrow().code())
          .isEqualTo(DatabaseErrorCode.STARTING_UP);
      assertThat(result.firstFailure().orElseThrow().vendorCode()).contains("57P03");
      assertThat(result.toString()).doesNotContain("canary");
    }
  }

  @Test
  void a_server_without_a_connection_left_says_so() throws IOException {
    try (Refusing server = new Refusing("53300");
        Opened opened = Opened.of(PostgresServer.values("db", server.listener.getLocalPort()))) {
      ConnectionException refused =
          catchThrowableOfType(ConnectionException.class, opened::imported);

      assertThat(refused.code()).isEqualTo(DatabaseErrorCode.TOO_MANY_CONNECTIONS);
      assertThat(refused.failure().fields()).contains("advanced.pool_size");
    }
  }

  @Test
  void a_connection_that_the_server_ends_in_mid_import_is_lost_and_what_was_read_stays() {
    String database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 1_500);
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      AtomicBoolean ended = new AtomicBoolean();
      RecordingSink sink =
          new RecordingSink()
              .onEvent(
                  event -> {
                    if (event instanceof Event.Read && ended.compareAndSet(false, true)) {
                      PostgresServer.ask(
                          database,
                          "select pg_terminate_backend(pid)::text from pg_stat_activity where"
                              + " usename = 'reader' and datname = '"
                              + database
                              + "'");
                    }
                  });

      ConnectionException lost =
          catchThrowableOfType(ConnectionException.class, () -> opened.imported(sink));

      assertThat(lost.code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
      assertThat(lost.code().transientFailure()).isTrue();
      assertThat(sink.tables()).hasSizeBetween(1, 1_499);
      assertThat(opened.imported().tables()).hasSize(1_500);
    }
  }

  /** A view whose first reading fails with an SQLState; a sequence isn't rolled back with it. */
  private static String failingOnce(String state) {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create sequence readings",
        "create function reading() returns int language plpgsql as $$ begin if"
            + " nextval('readings') = 1 then raise exception using errcode = '"
            + state
            + "'; end if; return 7; end $$",
        "create view v as select reading() n",
        "grant usage on sequence readings to reader",
        "grant select on v to reader");
    return database;
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "57P01", "08006"})
  void a_read_that_lost_to_another_transaction_or_its_connection_is_repeated(String state) {
    String database = failingOnce(state);
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      assertThat(preview(opened).rows()).containsExactly(List.of(Optional.of(7)));
    }
    assertThat(PostgresServer.ask(database, "select last_value from readings"))
        .containsExactly("2");
  }

  /** The last two are states that no table knows: what they mean only their author can tell. */
  @ParameterizedTest
  @ValueSource(strings = {"42501", "P0001", "ZZ123"})
  void a_read_that_would_fail_again_is_not_repeated(String state) {
    String database = failingOnce(state);
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      ConnectionException failed =
          catchThrowableOfType(ConnectionException.class, () -> preview(opened));

      assertThat(failed.failure().vendorCode()).contains(state);
      assertThat(failed.failure().remedy()).isPresent();
    }
    assertThat(PostgresServer.ask(database, "select last_value from readings"))
        .containsExactly("1");
  }

  private static RowPreview.RowSample preview(Opened opened) {
    return opened
        .adapter()
        .as(RowPreview.class)
        .orElseThrow()
        .preview(SchemaName.of("public").table("v"), 1, TestOperation.start());
  }

  @Test
  void a_host_that_asks_for_encryption_gets_no_other_connection() {
    EgressPolicy strict =
        new EgressPolicy() {
          @Override
          public List<InetAddress> resolve(String host, int port) {
            return List.of(InetAddress.getLoopbackAddress());
          }

          @Override
          public boolean secureRequired() {
            return true;
          }
        };
    TestAdapterContext context = TestAdapterContext.create().withEgress(strict);
    PostgresProvider provider = new PostgresProvider();
    try (var adapter =
        provider.open(provider.configuration().bind(PostgresServer.values("postgres")), context)) {
      TestResult result = adapter.test(TestOperation.start());

      assertThat(result.firstFailure().orElseThrow().code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(result.firstFailure().orElseThrow().fields()).contains("ssl.mode");
    }
  }

  @Test
  void a_server_that_is_restarted_in_mid_import_is_a_lost_connection_and_then_read_again(
      @TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
    int port = server.getPort();
    AtomicReference<EmbeddedPostgres> running = new AtomicReference<>(server);
    try (Opened opened =
        Opened.of(
            PostgresServer.values("postgres", port).with("authentication.username", "postgres"))) {
      try (Connection admin = server.getPostgresDatabase().getConnection();
          Statement statement = admin.createStatement()) {
        // More columns than are fetched at once, so that the import goes on at the server.
        statement.execute(
            "do $$ begin for i in 1..800 loop execute format('create table t%s (a int, b int,"
                + " c int, d int, e int, f int, g int, h int, i int, j int)', i); end loop;"
                + " end $$");
      }
      AtomicBoolean restarted = new AtomicBoolean();
      RecordingSink sink =
          new RecordingSink()
              .onEvent(
                  event -> {
                    if (event instanceof Event.Read && restarted.compareAndSet(false, true)) {
                      running.set(restart(running.get(), data, port));
                    }
                  });

      ConnectionException lost =
          catchThrowableOfType(ConnectionException.class, () -> opened.imported(sink));

      assertThat(lost.code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
      assertThat(sink.tables()).hasSizeBetween(1, 799);
      assertThat(opened.imported().tables()).hasSize(800);
    } finally {
      running.get().close();
    }
  }

  private static EmbeddedPostgres restart(EmbeddedPostgres server, Path data, int port) {
    try {
      server.close();
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_replica_is_read_with_a_warning(@TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start().close();
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres replica =
            EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
        Opened opened =
            Opened.of(
                PostgresServer.values("postgres", replica.getPort())
                    .with("authentication.username", "postgres"))) {
      TestResult result = opened.adapter().test(TestOperation.start());

      TestResult.Step read = result.step("read").orElseThrow();
      assertThat(read.status()).isEqualTo(TestResult.Status.WARNING);
      assertThat(read.failure().orElseThrow().code())
          .isEqualTo(DatabaseErrorCode.READ_ONLY_REPLICA);
      assertThat(opened.imported().failures()).isEmpty();
    }
  }
}

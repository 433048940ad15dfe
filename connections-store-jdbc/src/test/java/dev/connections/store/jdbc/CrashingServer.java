package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL with a disk it trusts (fsync on), to be killed and started again. Made by the
 * embedded one, which then leaves its data and its program.
 */
final class CrashingServer implements AutoCloseable {
  static final String DATABASE = "connections";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path data;
  private final int port;
  private final List<String> command = new ArrayList<>();
  private Optional<Process> process = Optional.empty();

  CrashingServer(Path directory) throws IOException, SQLException {
    this(directory, Optional.empty());
  }

  /** One that sees a small disk, beside that of its data. */
  CrashingServer(Path directory, SmallDisk disk) throws IOException, SQLException {
    this(directory, Optional.of(disk));
  }

  private CrashingServer(Path directory, Optional<SmallDisk> disk)
      throws IOException, SQLException {
    data = directory.resolve("data");
    EmbeddedPostgres made =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
    try (made) {
      port = made.getPort();
      PostgresServer.prepare(made, data);
      try (Connection admin = made.getPostgresDatabase().getConnection();
          Statement statement = admin.createStatement()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
      PostgresServer.migrated(made, DATABASE);
      command.addAll(disk.isPresent() ? disk.get().around(List.of(binary())) : program());
    }
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    command.addAll(
        List.of("-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "logging_collector=off"));
  }

  /** Of the running server; the administrator of the machine needs another name for it. */
  private List<String> program() throws IOException {
    return System.getProperty("user.name").equals("root")
        ? List.of("unshare", "-U", binary())
        : List.of(binary());
  }

  private String binary() throws IOException {
    return ProcessHandle.of(pid()).orElseThrow().info().command().orElseThrow();
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
  }

  int port() {
    return port;
  }

  PostgresStoreSettings.Builder settings() {
    return PostgresServer.settings(DATABASE, port);
  }

  /** Puts all of the store's database there; the log of changes stays with the data. */
  void moveTo(SmallDisk disk) throws SQLException {
    String address = "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    try (Connection admin = DriverManager.getConnection(address);
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE TABLESPACE small LOCATION '" + disk.place() + "'");
      statement.execute("ALTER DATABASE " + DATABASE + " SET TABLESPACE small");
    }
  }

  /**
   * Returns when the server takes connections, after it has recovered. A process of a killed server
   * that was born while it was killed may live on for a while; until it has ended no other starts.
   */
  void start() throws IOException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      process = Optional.of(started);
      BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
      String line = said.readLine();
      while (line != null && !line.contains("ready to accept connections")) {
        line = said.readLine();
      }
      if (line != null) {
        Thread drain = new Thread(() -> said.lines().forEach(more -> {}), "server's log");
        drain.setDaemon(true);
        drain.start();
        return;
      }
    }
    throw new IllegalStateException("the processes of a killed server didn't end");
  }

  /** As when it crashes: nobody has time for anything. */
  void kill() throws InterruptedException {
    Process running = process.orElseThrow();
    List<ProcessHandle> workers = running.descendants().toList();
    running.toHandle().destroyForcibly();
    workers.forEach(ProcessHandle::destroyForcibly);
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    workers.forEach(worker -> worker.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  /**
   * As {@code pg_ctl stop -m immediate}: without a checkpoint, so it recovers at the next start.
   */
  void stopAtOnce() throws IOException, InterruptedException {
    signal("QUIT");
  }

  /** As {@code pg_ctl restart -m fast}: transactions are broken off. */
  void restart() throws IOException, InterruptedException {
    signal("INT");
    start();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process running = process.orElseThrow();
    new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start().waitFor();
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.map(Process::toHandle).ifPresent(ProcessHandle::destroyForcibly);
  }
}

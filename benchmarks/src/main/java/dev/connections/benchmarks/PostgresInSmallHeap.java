package dev.connections.benchmarks;

import dev.connections.api.TableMetadata;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.secrets.KeySource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * A hundred thousand tables of twenty columns of a real PostgreSQL through core into a sink that
 * counts, in a process of its own with a heap of 256 MB.
 */
final class PostgresInSmallHeap implements Case {
  private static final int TABLES = 100_000;
  private static final int MEGABYTES = 256;

  /** Connections that make tables at the same time. */
  private static final int MAKERS = 2;

  /** Short columns: no table needs another one beside it for what is too long. */
  private static final List<String> TYPES =
      List.of("int", "date", "varchar(20)", "numeric(10, 2) default 0");

  @Override
  public String name() {
    return "postgresql-small-heap";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (PostgresBench server = PostgresBench.start()) {
      fill(server);
      long took =
          Long.parseLong(SmallHeap.run(MEGABYTES, Imports.class, Integer.toString(server.port())));
      return List.of(
          new Row(
              "PostgreSQL, 100,000 tables × 20 columns through core, heap of 256 MB",
              Timing.milliseconds(took),
              "",
              "",
              "passes",
              true));
    }
  }

  private static void fill(PostgresBench server) throws Exception {
    StringBuilder columns = new StringBuilder("id bigint primary key");
    for (int column = 1; column < PostgresBench.COLUMNS; column++) {
      columns.append(
          String.format(Locale.ROOT, ", c%02d %s", column, TYPES.get(column % TYPES.size())));
    }
    server.create("huge");
    ExecutorService makers = Executors.newFixedThreadPool(MAKERS);
    try {
      List<Callable<Boolean>> work =
          IntStream.range(0, MAKERS)
              .<Callable<Boolean>>mapToObj(
                  maker ->
                      () -> {
                        server.make(
                            "huge",
                            maker * (TABLES / MAKERS),
                            (maker + 1) * (TABLES / MAKERS),
                            "execute format('create table bench.t%s (" + columns + ")', i);");
                        return true;
                      })
              .toList();
      for (Future<Boolean> made : makers.invokeAll(work)) {
        made.get();
      }
    } finally {
      makers.shutdownNow();
    }
  }

  /** The process with the small heap: prints how many nanoseconds an import took. */
  static final class Imports {
    private Imports() {}

    public static void main(String[] arguments) {
      try (Connections connections =
          Connections.builder()
              .keys(KeySource.ephemeral())
              .audit(InMemoryAuditLog.create())
              .build()) {
        TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
        Connection connection =
            mine.create(
                ConnectionDraft.of("postgresql", "Huge")
                    .set("host", "localhost")
                    .set("port", Integer.parseInt(arguments[0]))
                    .set("database", "huge")
                    .set("authentication.username", "postgres")
                    .set("authentication.password", "trusted")
                    .set("ssl.mode", "disable"));
        LongAdder columns = new LongAdder();
        ImportListener counting =
            new ImportListener() {
              @Override
              public void table(TableMetadata table) {
                columns.add(table.columns().size());
              }
            };
        ImportReport report =
            mine.importMetadata(connection.id(), ImportOptions.all(), counting).join().orThrow();
        if (columns.sum() != (long) TABLES * PostgresBench.COLUMNS || !report.ledger().balances()) {
          throw new IllegalStateException("tables or columns are missing: " + report.ledger());
        }
        System.out.println(report.took().toNanos());
      }
      System.exit(0);
    }
  }
}

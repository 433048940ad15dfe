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
import dev.connections.testkit.SyntheticSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * A hundred thousand tables of twenty columns through the ledger into a sink that counts, in a
 * process of its own with a heap of 256 MB.
 */
final class LedgerInSmallHeap implements Case {
  private static final int SCHEMAS = 10;
  private static final int TABLES = 10_000;
  private static final int COLUMNS = 20;
  private static final double GOAL = 5_000;
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public List<Row> measure() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Imports.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      return List.of(row("failed: " + said, false));
    }
    double perSecond = Double.parseDouble(said);
    return List.of(row(String.format(Locale.ROOT, "%,.0f tables/s", perSecond), perSecond >= GOAL));
  }

  private static Row row(String ours, boolean reached) {
    return new Row(
        "100,000 tables × 20 columns through the ledger, heap of 256 MB",
        ours,
        "",
        "",
        "≥ 5,000 tables/s",
        reached);
  }

  /** The process with the small heap: prints how many tables went through in a second. */
  static final class Imports {
    private Imports() {}

    public static void main(String[] arguments) {
      SyntheticSource source = SyntheticSource.create();
      try (Connections connections =
          Connections.builder()
              .keys(KeySource.ephemeral())
              .audit(InMemoryAuditLog.create())
              .provider(source.provider())
              .build()) {
        TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
        Connection connection =
            mine.create(
                ConnectionDraft.of(source.provider().type().id(), "Synthetic")
                    .configuration(source.configuration(SCHEMAS, TABLES, COLUMNS)));
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
          best = Math.max(best, once(mine, connection));
        }
        System.out.println(best);
      }
    }

    private static double once(TenantConnections mine, Connection connection) {
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
      if (columns.sum() != (long) SCHEMAS * TABLES * COLUMNS || !report.ledger().balances()) {
        throw new IllegalStateException("tables or columns are missing: " + report.ledger());
      }
      return report.datasets() / (report.took().toNanos() / 1e9);
    }
  }
}

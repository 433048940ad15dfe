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
import dev.connections.core.secrets.KeySource;
import dev.connections.simulators.DatabricksSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workspace of 10,000 tables in 40 schemas, answering after 100 ms: our import beside a client
 * that downloads the same pages with 8 workers and does nothing with them. Both keep to the 25
 * requests per second that our default allows; the simulated service refuses more than 30, and more
 * than 20 at once.
 */
final class DatabricksBesideBareClient implements Case {
  private static final int TABLES = 10_000;
  private static final int SCHEMAS = 40;
  private static final int COLUMNS = 20;
  private static final int WORKERS = 8;
  private static final long SPACING = Duration.ofSeconds(1).toNanos() / 25;
  private static final double MOST_TIMES_BARE = 1.3;
  private static final Pattern NEXT = Pattern.compile("\"next_page_token\":\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private long nextSlot;

  @Override
  public String name() {
    return "databricks";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (DatabricksSimulator workspace = DatabricksSimulator.withTables(TABLES, SCHEMAS, COLUMNS)) {
      workspace.latency(Duration.ofMillis(100));
      workspace.rateLimit(30, 20);
      long ours = ours(workspace);
      long refused = workspace.refused();
      long bare = Timing.best(() -> bare(workspace), 1, 2);
      double timesBare = (double) ours / bare;
      return List.of(
          new Row(
              "Databricks (simulated, 100 ms), 10,000 tables × 20 columns in 40 schemas: import beside"
                  + " a bare download with 8 workers, both at 25 requests/s",
              Timing.milliseconds(ours),
              Timing.milliseconds(bare),
              Timing.times(timesBare) + " the time",
              "≤ 1.3 ×",
              timesBare <= MOST_TIMES_BARE),
          new Row(
              "the same: requests refused with 429 at default settings",
              Long.toString(refused),
              "",
              "",
              "0",
              refused == 0));
    }
  }

  /** Through core, whose calls keep to the limits. */
  private static long ours(DatabricksSimulator workspace) throws Exception {
    try (Connections connections =
        Connections.builder()
            .keys(KeySource.ephemeral())
            .audit(InMemoryAuditLog.create())
            .build()) {
      TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
      Connection connection =
          mine.create(
              ConnectionDraft.of("databricks", "Lake")
                  .set("workspace_url", workspace.url().toString())
                  .set("authentication.token", workspace.token())
                  .set("catalog", "main"));
      return Timing.best(() -> imported(mine, connection), 1, 2);
    }
  }

  private static void imported(TenantConnections mine, Connection connection) {
    LongAdder columns = new LongAdder();
    ImportListener counting =
        new ImportListener() {
          @Override
          public void table(TableMetadata table) {
            columns.add(table.columns().size());
          }
        };
    mine.importMetadata(connection.id(), ImportOptions.all(), counting).join().orThrow();
    if (columns.sum() != (long) TABLES * COLUMNS) {
      throw new IllegalStateException(columns.sum() + " columns");
    }
  }

  private void bare(DatabricksSimulator workspace) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> schemas = new ArrayList<>();
      for (int i = 0; i < SCHEMAS; i++) {
        String schema = String.format("schema_%03d", i);
        schemas.add(workers.submit(() -> pages(workspace, schema)));
      }
      for (Future<?> schema : schemas) {
        schema.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private Void pages(DatabricksSimulator workspace, String schema)
      throws IOException, InterruptedException {
    String list =
        workspace.url()
            + "/api/2.1/unity-catalog/tables?max_results=0&catalog_name=main&schema_name="
            + schema;
    String token = "";
    do {
      LockSupport.parkNanos(slot());
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(list + token))
                  .header("Authorization", "Bearer " + workspace.token())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      Matcher next = NEXT.matcher(answer.body());
      token = next.find() ? "&page_token=" + next.group(1) : "";
    } while (!token.isEmpty());
    return null;
  }

  private synchronized long slot() {
    long now = System.nanoTime();
    nextSlot = Math.max(now, nextSlot + SPACING);
    return nextSlot - now;
  }
}

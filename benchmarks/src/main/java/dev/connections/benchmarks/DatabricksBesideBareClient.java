package dev.connections.benchmarks;

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
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workspace of 10,000 tables in 40 schemas, answering after 100 ms: our import beside a client
 * that downloads the same pages with 8 workers and does nothing with them, and beside a statement
 * per table; and all the tables in one schema, by pages and by slices. The bare client sends 25
 * requests per second; ours keeps to its default, 28 that count until a second after their answers.
 * The simulated service refuses more than 30 in a second, and more than 20 at once.
 */
final class DatabricksBesideBareClient implements Case {
  private static final int TABLES = 10_000;
  private static final int SCHEMAS = 40;
  private static final int COLUMNS = 20;
  private static final int WORKERS = 8;
  private static final long SPACING = Duration.ofSeconds(1).toNanos() / 25;
  private static final double MOST_TIMES_BARE = 1.3;
  private static final double LEAST_TIMES_PAGES = 3;
  private static final int DESCRIBED = 200;
  private static final int FEW = 100;
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
    List<Row> rows = new ArrayList<>();
    try (DatabricksSimulator workspace = workspace(SCHEMAS)) {
      long ours = ours(workspace, TABLES, 3);
      long refused = workspace.refused();
      long bare = Timing.best(() -> bare(workspace), 1, 2);
      long oneByOne = Timing.best(() -> oneByOne(workspace), 0, 1) * (TABLES / DESCRIBED);
      double timesBare = (double) ours / bare;
      rows.add(
          new Row(
              "Databricks (simulated, 100 ms), 10,000 tables × 20 columns in 40 schemas, heap of"
                  + " 256 MB: import beside a bare download with 8 workers at 25 requests/s",
              Timing.milliseconds(ours),
              Timing.milliseconds(bare),
              Timing.times(timesBare) + " the time",
              "≤ 1.3 ×",
              timesBare <= MOST_TIMES_BARE));
      rows.add(
          new Row(
              "the same: requests refused with 429 at default settings",
              Long.toString(refused),
              "",
              "",
              "0",
              refused == 0));
      rows.add(
          new Row(
              "the same beside DESCRIBE per table, 8 threads at 25 requests/s (200 asked, times"
                  + " 50)",
              Timing.milliseconds(ours),
              Timing.milliseconds(oneByOne),
              Timing.times((double) oneByOne / ours),
              "",
              true));
    }
    try (DatabricksSimulator workspace = workspace(1)) {
      long pages = ours(workspace, TABLES, 1);
      long slices = ours(workspace, TABLES, 2, "warehouse-1");
      long sliced = ours(workspace, FEW, 2, "warehouse-1", "table_000*", "0");
      long oneByOne = ours(workspace, FEW, 2, "warehouse-1", "table_000*", Integer.toString(FEW));
      double faster = (double) pages / slices;
      rows.add(
          new Row(
              "10,000 tables in one schema: slices by a warehouse beside our own pages",
              Timing.milliseconds(slices),
              Timing.milliseconds(pages),
              Timing.times(faster),
              "≥ 3 ×",
              faster >= LEAST_TIMES_PAGES));
      rows.add(
          new Row(
              "100 of these tables, read one by one and completely, beside one slice, which lacks"
                  + " properties, clustering and counts",
              Timing.milliseconds(oneByOne),
              Timing.milliseconds(sliced),
              Timing.times((double) oneByOne / sliced) + " the time",
              "",
              true));
      rows.add(
          new Row(
              "the same: requests refused with 429, pages and statements together",
              Long.toString(workspace.refused()),
              "",
              "",
              "0",
              workspace.refused() == 0));
    }
    return rows;
  }

  private static DatabricksSimulator workspace(int schemas) {
    DatabricksSimulator workspace = DatabricksSimulator.withTables(TABLES, schemas, COLUMNS);
    workspace.latency(Duration.ofMillis(100));
    workspace.rateLimit(30, 20);
    workspace.statement("DESCRIBE", List.of("col_name"), List.of(List.of("column_0")));
    return workspace;
  }

  /** Through core, whose calls keep to the limits, in a process with a small heap. */
  private static long ours(DatabricksSimulator workspace, long tables, int rounds, String... more)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                workspace.url().toString(),
                workspace.token(),
                Long.toString(tables * COLUMNS),
                Integer.toString(rounds)));
    arguments.addAll(List.of(more));
    return Long.parseLong(
        SmallHeap.run(256, DatabricksImports.class, arguments.toArray(String[]::new)));
  }

  /** A statement for each table, as clients without bulk reading do it. */
  private void oneByOne(DatabricksSimulator workspace) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> tables = new ArrayList<>();
      for (int i = 0; i < DESCRIBED; i++) {
        String body =
            "{\"warehouse_id\":\"warehouse-1\",\"wait_timeout\":\"30s\",\"statement\":\"DESCRIBE"
                + " TABLE EXTENDED t"
                + i
                + "\"}";
        tables.add(workers.submit(() -> described(workspace, body)));
      }
      for (Future<?> table : tables) {
        table.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private Void described(DatabricksSimulator workspace, String body)
      throws IOException, InterruptedException {
    LockSupport.parkNanos(slot());
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(workspace.url().resolve("/api/2.0/sql/statements"))
                .header("Authorization", "Bearer " + workspace.token())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return null;
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

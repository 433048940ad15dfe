package dev.connections.benchmarks;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.testkit.TestOperation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The schema of one large CSV file and one large NDJSON file: from parts of it, and from all of it
 * in a process of its own with a heap of 64 MB, beside DuckDB's scan of all of it. In each file a
 * type changes in the last 64 KB.
 */
final class LargeFilesBesideDuckDb implements Case {
  private static final long MB = 1024 * 1024;
  private static final long FAST_GOAL = 150_000_000;
  private static final int LATE = 32 * 1024;

  @Override
  public String name() {
    return "large-files";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Files.createTempDirectory("connections-benchmark");
    Path csv = directory.resolve("large.csv");
    Path json = directory.resolve("large.ndjson");
    try {
      write(csv, 1_024 * MB, true);
      write(json, 500 * MB, false);
      List<Row> rows = new ArrayList<>();
      rows.add(fast(csv, "1 GB CSV"));
      rows.add(fast(json, "500 MB NDJSON"));
      rows.add(full(csv, "1 GB CSV", "read_csv('%s', sample_size = -1)", 2));
      rows.add(full(json, "500 MB NDJSON", "read_json('%s', sample_size = -1)", 1.3));
      return rows;
    } finally {
      Files.deleteIfExists(csv);
      Files.deleteIfExists(json);
      Files.deleteIfExists(directory);
    }
  }

  private static void write(Path file, long size, boolean csv) throws IOException {
    Random random = new Random(42);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      long written = 0;
      if (csv) {
        out.write("id,name,day,amount,code,note\n");
      }
      for (int row = 0; written < size; row++) {
        boolean late = written > size - LATE;
        String day = String.format(Locale.ROOT, "20%02d-01-%02d", row % 26, 1 + row % 28);
        String amount = (row % 10_000) + "." + (10 + row % 90);
        String code = late ? "x" + row : String.valueOf(random.nextInt(1_000_000));
        String line =
            csv
                ? row + ",name " + row % 1_000 + "," + day + "," + amount + "," + code + ",a note\n"
                : "{\"id\":"
                    + row
                    + ",\"name\":\"name "
                    + row % 1_000
                    + "\",\"day\":\""
                    + day
                    + "\",\"amount\":"
                    + amount
                    + ",\"code\":"
                    + (late ? "\"" + code + "\"" : code)
                    + ",\"tags\":[\"a\",\"b\"]}\n";
        out.write(line);
        written += line.length();
      }
    }
  }

  private static Row fast(Path file, String what) throws Exception {
    long ours;
    try (ConnectionAdapter adapter = open(file, "fast")) {
      ours = Timing.best(() -> requireLateChange(read(adapter, file)));
    }
    return new Row(
        what + ": schema from parts, with the change in the last 64 KB",
        Timing.milliseconds(ours),
        "",
        "",
        "≤ 150 ms",
        ours <= FAST_GOAL);
  }

  private static Row full(Path file, String what, String reader, double goal) throws Exception {
    double ours = inSmallHeap(file);
    long theirs = theirs(String.format(Locale.ROOT, reader, file));
    double ratio = ours / theirs;
    return new Row(
        what + ": schema from all of it, heap of 64 MB",
        Timing.milliseconds(Math.round(ours)),
        Timing.milliseconds(theirs),
        Timing.times(ratio),
        String.format(Locale.ROOT, "≤ %.1f ×", goal),
        ratio <= goal);
  }

  private static double inSmallHeap(Path file) throws Exception {
    return Double.parseDouble(SmallHeap.run(64, Scan.class, file.toString()));
  }

  private static long theirs(String source) throws Exception {
    try (java.sql.Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      return Timing.best(() -> describe(duckdb, source), 1, 3);
    }
  }

  private static void describe(java.sql.Connection duckdb, String source) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("describe select * from " + source);
    }
  }

  private static ConnectionAdapter open(Path file, String scan) {
    return FilesAdapters.open(
        FilesAdapters.values(file.resolveSibling("")).with("options.scan", scan));
  }

  private static TableMetadata read(ConnectionAdapter adapter, Path file) {
    return adapter.getTableMetadata(
        SchemaName.of(".").table(file.getFileName().toString()),
        TestOperation.within(Duration.ofMinutes(10)));
  }

  private static void requireLateChange(TableMetadata table) {
    if (!table.column("code").orElseThrow().type().kind().name().equals("STRING")) {
      throw new IllegalStateException("the late change wasn't seen");
    }
  }

  /** The process with the small heap: prints the best time of three scans in nanoseconds. */
  static final class Scan {
    private Scan() {}

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      try (ConnectionAdapter adapter = open(file, "full")) {
        System.out.println(Timing.best(() -> requireLateChange(read(adapter, file)), 1, 3));
      }
    }
  }
}

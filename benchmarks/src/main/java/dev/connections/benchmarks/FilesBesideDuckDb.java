package dev.connections.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** The schema of each of a thousand small files, one by one, beside DuckDB's DESCRIBE of each. */
final class FilesBesideDuckDb implements Case {
  private static final double CSV_GOAL = 12;
  private static final double PARQUET_GOAL = 4;
  private static final double FOOTERS_GOAL = 10_000;

  @Override
  public String name() {
    return "files";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        SampleFiles csv = SampleFiles.csv();
        SampleFiles parquet = SampleFiles.parquet(duckdb)) {
      // Else DuckDB looks for extensions on the network.
      try (Statement settings = duckdb.createStatement()) {
        settings.execute("set autoinstall_known_extensions = false");
      }
      long ourCsv = FilesAdapters.schemaOfEach(csv);
      long theirCsv = theirs(duckdb, csv, "read_csv");
      long ourParquet = FilesAdapters.schemaOfEach(parquet);
      long theirParquet = theirs(duckdb, parquet, "read_parquet");
      double footers = SampleFiles.COUNT / (ourParquet / 1e9);
      return List.of(
          row("1,000 CSV of 5 × 100: schema of each", ourCsv, theirCsv, CSV_GOAL),
          row("1,000 small Parquet: schema of each", ourParquet, theirParquet, PARQUET_GOAL),
          new Row(
              "Parquet footers on one warm thread",
              String.format(Locale.ROOT, "%,.0f /s", footers),
              "",
              "",
              "≥ 10,000 /s",
              footers >= FOOTERS_GOAL));
    }
  }

  private static Row row(String name, long ours, long theirs, double goal) {
    double ratio = (double) theirs / ours;
    return new Row(
        name,
        Timing.milliseconds(ours),
        Timing.milliseconds(theirs),
        Timing.times(ratio),
        String.format(Locale.ROOT, "≥ %.0f ×", goal),
        ratio >= goal);
  }

  private static long theirs(Connection duckdb, SampleFiles files, String reader) throws Exception {
    List<String> statements =
        java.util.Arrays.stream(files.directory().toFile().list())
            .sorted()
            .map(
                file ->
                    "describe select * from "
                        + reader
                        + "('"
                        + files.directory()
                        + "/"
                        + file
                        + "')")
            .toList();
    return Timing.best(
        () -> {
          for (String statement : statements) {
            try (Statement describe = duckdb.createStatement();
                ResultSet columns = describe.executeQuery(statement)) {
              int count = 0;
              while (columns.next()) {
                count++;
              }
              if (count != 5) {
                throw new IllegalStateException("five columns expected of the peer");
              }
            }
          }
        },
        1,
        10);
  }
}

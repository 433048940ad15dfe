package dev.connections.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;

/** A directory of small files of one format, removed when closed. */
final class SampleFiles implements AutoCloseable {
  static final int COUNT = 1_000;

  private final Path directory;

  private SampleFiles(Path directory) {
    this.directory = directory;
  }

  /** A thousand CSV files of 5 columns and 100 rows: number, text, date, decimal, flag. */
  static SampleFiles csv() throws IOException {
    Path directory = Files.createTempDirectory("connections-benchmark");
    Random random = new Random(42);
    for (int file = 0; file < COUNT; file++) {
      StringBuilder text = new StringBuilder("id,name,joined,amount,active\n");
      for (int row = 0; row < 100; row++) {
        text.append(row)
            .append(",name ")
            .append(random.nextInt(1_000))
            .append(
                String.format(
                    Locale.ROOT,
                    ",20%02d-%02d-%02d",
                    random.nextInt(26),
                    1 + random.nextInt(12),
                    1 + random.nextInt(28)))
            .append(String.format(Locale.ROOT, ",%.2f,", random.nextDouble() * 1_000))
            .append(random.nextBoolean())
            .append('\n');
      }
      Files.writeString(directory.resolve(name(file, "csv")), text);
    }
    return new SampleFiles(directory);
  }

  /** A thousand Parquet files of the same shape, written by the peer. */
  static SampleFiles parquet(Connection duckdb) throws IOException, SQLException {
    Path directory = Files.createTempDirectory("connections-benchmark");
    try (Statement statement = duckdb.createStatement()) {
      for (int file = 0; file < COUNT; file++) {
        statement.execute(
            "copy (select i as id, 'name ' || i as name, date '2020-01-01' + i::integer as joined,"
                + " (i * 1.25)::decimal(10,2) as amount, i % 2 = 0 as active from range(100) t(i))"
                + " to '"
                + directory.resolve(name(file, "parquet"))
                + "' (format parquet)");
      }
    }
    return new SampleFiles(directory);
  }

  private static String name(int file, String extension) {
    return String.format(Locale.ROOT, "file-%04d.%s", file, extension);
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, IOException problem)
              throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

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
import java.util.function.IntFunction;

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

  /** A thousand NDJSON files of 5 fields and 100 lines. */
  static SampleFiles ndjson() throws IOException {
    return ofText(
        "ndjson",
        "",
        row ->
            "{\"id\":%d,\"name\":\"name %d\",\"joined\":\"2024-01-%02d\",\"amount\":%d.25,\"active\":%b}\n"
                .formatted(row, row % 7, 1 + row % 28, row, row % 2 == 0),
        "");
  }

  /** A thousand XML files of 5 elements and 100 rows. */
  static SampleFiles xml() throws IOException {
    return ofText(
        "xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<people>\n",
        row ->
            "<person id=\"%d\"><name>name %d</name><joined>2024-01-%02d</joined><amount>%d.25</amount><active>%b</active></person>\n"
                .formatted(row, row % 7, 1 + row % 28, row, row % 2 == 0),
        "</people>\n");
  }

  private static SampleFiles ofText(
      String extension, String begin, IntFunction<String> row, String end) throws IOException {
    Path directory = Files.createTempDirectory("connections-benchmark");
    StringBuilder text = new StringBuilder(begin);
    for (int i = 0; i < 100; i++) {
      text.append(row.apply(i));
    }
    text.append(end);
    for (int file = 0; file < COUNT; file++) {
      Files.writeString(directory.resolve(name(file, extension)), text);
    }
    return new SampleFiles(directory);
  }

  /** A thousand ORC files of 5 columns: the end of each is one, before it lie 4 KB of stripes. */
  static SampleFiles orc() throws IOException {
    Path directory = Files.createTempDirectory("connections-benchmark");
    byte[] bytes = OrcSample.bytes("id", "name", "joined", "amount", "active");
    for (int file = 0; file < COUNT; file++) {
      Files.write(directory.resolve(name(file, "orc")), bytes);
    }
    return new SampleFiles(directory);
  }

  /** A hundred thousand small files in a thousand directories. */
  static SampleFiles tree() throws IOException {
    Path directory = Files.createTempDirectory("connections-benchmark");
    for (int d = 0; d < 1_000; d++) {
      Path below = Files.createDirectories(directory.resolve("d" + d / 100).resolve("e" + d % 100));
      for (int file = 0; file < 100; file++) {
        Files.writeString(below.resolve(name(file, "csv")), "a,b\n1,2\n");
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

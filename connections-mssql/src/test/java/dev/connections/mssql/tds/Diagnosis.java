package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.jdbc.DatabaseFailures;
import dev.connections.jdbc.DatabaseSettings;
import dev.connections.jdbc.ErrorTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What the adapter's table of errors makes of what a driver threw, and what a part of it would. */
public final class Diagnosis {
  private Diagnosis() {}

  /** The rows common to all databases, and those of SQL Server. */
  static String table() throws IOException {
    try (InputStream table = Diagnosis.class.getResourceAsStream("/sql-queries/mssql/errors.txt")) {
      return ErrorTable.common() + new String(table.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String[] words(String line) {
    return line.replaceFirst("#.*", "").strip().split("\\s+", -1);
  }

  /** What a row is about: all of it but its kind and its meaning. */
  public static String meant(String line) {
    String[] words = words(line);
    return words.length < 3 ? "" : String.join(" ", Arrays.copyOfRange(words, 1, words.length - 1));
  }

  /** With the whole table. */
  static Failure of(Throwable thrown) throws IOException {
    return told(table(), thrown);
  }

  /** Without one row of it. */
  static Failure without(String kind, String meant, Throwable thrown) throws IOException {
    return told(tableWithout(kind, meant), thrown);
  }

  /** {@return the table without one of its rows} */
  public static String tableWithout(String kind, String meant) throws IOException {
    String reduced =
        table()
            .lines()
            .filter(line -> !words(line)[0].equals(kind) || !meant(line).equals(meant))
            .collect(Collectors.joining("\n"));
    assertThat(reduced.lines().count()).isEqualTo(table().lines().count() - 1);
    return reduced;
  }

  private static Failure told(String table, Throwable thrown) {
    DatabaseSettings settings =
        new DatabaseSettings(
            "SQL Server",
            "localhost",
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(1),
            ErrorTable.parse(table),
            Map.of());
    return new DatabaseFailures(settings).of(thrown).failure();
  }
}

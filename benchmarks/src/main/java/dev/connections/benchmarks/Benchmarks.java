package dev.connections.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Measures all cases, or those named, and prints one table. */
public final class Benchmarks {
  private static final List<Case> CASES =
      List.of(
          new FilesBesideDuckDb(),
          new LargeFilesBesideDuckDb(),
          new ManyFiles(),
          new WorkbookInSmallHeap(),
          new PostgresBesideDriver(),
          new PostgresBesideSchemaCrawler(),
          new PostgresInSmallHeap(),
          new ServiceNowBesideOneByOne(),
          new SqlServerFarAway(),
          new DatabricksBesideBareClient(),
          new HiveBesideBareStatements(),
          new MicroCase(
              "cache",
              CachedMetadataBenchmark.class,
              "cached getTableMetadata through TenantConnections",
              1),
          new MicroCase(
              "secrets", SecretBenchmark.class, "encrypt + decrypt of a 32-byte secret", 3),
          new RotationBesideReaders(),
          new LedgerInSmallHeap(),
          new PostgresStoreBesideBare(),
          new SqliteStoreBesideBare());

  private Benchmarks() {}

  /**
   * Measures.
   *
   * @param arguments names of cases; all if there are none
   * @throws Exception if a case fails; then there is no table
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted = Set.copyOf(Arrays.asList(arguments));
    List<String> names = CASES.stream().map(Case::name).toList();
    if (!names.containsAll(wanted)) {
      System.err.println("There are the cases " + String.join(", ", names) + ".");
      System.exit(2);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Row> rows = new ArrayList<>();
    for (Case one : CASES) {
      if (wanted.isEmpty() || wanted.contains(one.name())) {
        out.println("measuring " + one.name() + " …");
        rows.addAll(one.measure());
      }
    }
    out.println();
    print(out, rows);
    System.exit(rows.stream().allMatch(Row::reached) ? 0 : 1);
  }

  private static void print(PrintStream out, List<Row> rows) {
    out.println("| case | ours | peer | ratio | to reach | reached |");
    out.println("|---|---|---|---|---|---|");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s |%n",
          row.name(),
          row.ours(),
          row.peer(),
          row.ratio(),
          row.goal(),
          row.reached() ? "yes" : "NO");
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%s %s, %s, %d processors, %s. Best of several rounds, all in one run.%n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"));
  }
}

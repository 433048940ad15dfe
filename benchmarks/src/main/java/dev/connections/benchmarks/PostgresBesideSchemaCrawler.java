package dev.connections.benchmarks;

import dev.connections.api.ConnectionAdapter;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import schemacrawler.inclusionrule.RegularExpressionInclusionRule;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Table;
import schemacrawler.schemacrawler.LimitOptionsBuilder;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSource;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/** Two thousand tables of a real PostgreSQL, beside SchemaCrawler at its level "standard". */
final class PostgresBesideSchemaCrawler implements Case {
  private static final int TABLES = 2_000;
  private static final double LEAST_TIMES = 40;

  @Override
  public String name() {
    return "postgresql-schemacrawler";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (PostgresBench server = PostgresBench.start()) {
      server.fill("crawled", TABLES);
      try (ConnectionAdapter adapter = server.adapter("crawled")) {
        long ours =
            Timing.best(() -> PostgresBench.imported(adapter, Optional.empty(), TABLES), 2, 5);
        long theirs = Timing.best(() -> crawled(server), 0, 1);
        double times = (double) theirs / ours;
        return List.of(
            new Row(
                "PostgreSQL, 2,000 tables × 20 columns: import beside SchemaCrawler \"standard\"",
                Timing.milliseconds(ours),
                Timing.milliseconds(theirs),
                Timing.times(times),
                "≥ 40 ×",
                times >= LEAST_TIMES));
      }
    }
  }

  /** On one connection, with the statistics that the server's own upkeep would make. */
  private static void crawled(PostgresBench server) throws Exception {
    SchemaCrawlerOptions options =
        SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
            .withLimitOptions(
                LimitOptionsBuilder.builder()
                    .includeSchemas(new RegularExpressionInclusionRule(Pattern.compile(".*bench")))
                    .toOptions())
            .withLoadOptions(
                LoadOptionsBuilder.builder()
                    .withSchemaInfoLevel(SchemaInfoLevelBuilder.standard())
                    .toOptions());
    try (Connection plain = server.plain("crawled")) {
      DatabaseConnectionSource source = DatabaseConnectionSources.fromConnection(plain);
      Catalog catalog = SchemaCrawlerUtility.getCatalog(source, options);
      long columns =
          catalog.getTables().stream().map(Table::getColumns).mapToLong(List::size).sum();
      if (columns != (long) TABLES * PostgresBench.COLUMNS) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "%,d columns were crawled", columns));
      }
    }
  }
}

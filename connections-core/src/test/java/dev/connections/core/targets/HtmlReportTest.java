package dev.connections.core.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Failure;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.internal.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlReportTest {
  private static final String ATTACK = "</script><img src=x onerror=alert(1)>\"'`&\u2028";
  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)");

  @Test
  void a_page_shows_how_the_import_went() throws IOException {
    List<TableMetadata> tables = ShopSample.tables();
    StringWriter out = new StringWriter();
    Samples.run(
        HtmlReport.to(out).withTest(ShopSample.test()),
        tables,
        ImportOptions.all(),
        ShopSample.report(tables));

    String page = out.toString();
    // Kept beside the other results of the build, to be looked at in a browser.
    Files.writeString(Path.of("target", "report-sample.html"), page);
    assertThat(page)
        .contains("<title>Import of Sales files</title>")
        .contains("Incomplete")
        .contains("12.5 s")
        .contains("The ledger balances: each of 12 listed tables")
        .contains("<code>PERMISSION_DENIED</code> The login may not read")
        .contains("Grant VIEW DEFINITION")
        .contains("authentication.username")
        .contains("Sign in")
        .contains("Switch &#39;ssl.trust_server_certificate&#39; off.")
        .contains("contains 48 million rows")
        .contains("<svg class=\"er\"")
        .contains("Sales.Orders (ShipTo) refers to Sales.Addresses");
    assertThat(page.lines().filter(line -> line.startsWith("[\"")).count())
        .isEqualTo(tables.size());
  }

  @Test
  void a_page_asks_for_nothing_from_elsewhere() {
    assertThat(page(ShopSample.tables()))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain(" src=")
        .doesNotContain("innerHTML");
  }

  @Test
  void the_policy_names_the_one_script_and_the_one_style_of_the_page() {
    String page = page(List.of());

    String style = between(page, "<style>", "</style>");
    String script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
    assertThat(page)
        .contains(
            "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
                + Html.policyHash(style)
                + "; script-src "
                + Html.policyHash(script));
  }

  @Test
  void no_name_and_no_text_becomes_markup() {
    String plain = page(hostile("x"), hostileReport("x"), "x");
    String hostile = page(hostile(ATTACK), hostileReport(ATTACK), ATTACK);

    assertThat(tags(hostile)).isEqualTo(tags(plain));
    assertThat(hostile).doesNotContain("<img").doesNotContain("\u2028");
    List<JsonNode> lines = json(hostile, "tables");
    assertThat(lines.get(0).get(1).textValue()).isEqualTo(ATTACK);
    assertThat(json(hostile, "details").get(0).get(0).get(0).get(0).textValue()).isEqualTo(ATTACK);
  }

  @Test
  void a_table_holds_what_its_row_and_its_inside_show() {
    List<TableMetadata> tables = ShopSample.tables();
    String page = page(tables);

    List<JsonNode> lines = json(page, "tables");
    JsonNode file =
        lines.stream()
            .filter(it -> it.get(1).textValue().equals("orders.ndjson"))
            .findFirst()
            .get();
    assertThat(file.get(0).textValue()).isEqualTo("exports/2026");
    assertThat(file.get(3).intValue()).isEqualTo(4);
    assertThat(file.get(4).longValue()).isEqualTo(120_000);
    assertThat(file.get(5).intValue()).isZero();
    assertThat(file.get(6).intValue()).isEqualTo(1);
    assertThat(file.get(9).intValue()).isEqualTo(78);
    JsonNode detail = json(page, "details").get(lines.indexOf(file));
    JsonNode placed = detail.get(0).get(1);
    assertThat(placed.get(3).textValue()).isEqualTo("TIMESTAMP");
    assertThat(placed.get(6).intValue()).isEqualTo(81);
    assertThat(placed.get(8).get(0).get(0).intValue()).isEqualTo(1);
    assertThat(detail.get(4).toString()).contains("sampled bytes").doesNotContain("confidence");
    JsonNode orders =
        json(page, "details")
            .get(
                lines.indexOf(
                    lines.stream()
                        .filter(it -> it.get(1).textValue().equals("Orders"))
                        .findFirst()
                        .get()));
    assertThat(orders.get(0).get(0).get(5).intValue()).isEqualTo(1);
    assertThat(orders.get(0).get(4).get(1).textValue()).isEqualTo("Exact_Total");
    assertThat(orders.get(3).get(0).textValue()).isEqualTo("CustomerId → Sales.Customers (Id)");
  }

  @Test
  void a_confidence_that_is_none_is_not_shown() {
    TableMetadata table =
        Samples.table(Samples.name("s", "t"))
            .extension(new StoredExtension("a", Map.of("confidence", "high")))
            .extension(new StoredExtension("b", Map.of("confidence", 7)))
            .property("long", "x".repeat(1000))
            .property("empty", "")
            .build();

    String page = page(List.of(table));

    assertThat(json(page, "tables").get(0).get(9).isNull()).isTrue();
    assertThat(json(page, "details").get(0).get(4)).hasSize(1);
    assertThat(json(page, "details").get(0).get(4).get(0).get(1).textValue()).hasSize(301);
  }

  @Test
  void values_within_values_are_shown_in_words() {
    Map<String, Object> dialect = new LinkedHashMap<>();
    dialect.put("delimiter", "\t");
    dialect.put("quote", ",");
    dialect.put("escape", " ");
    dialect.put("header", true);
    dialect.put("skipped_lines", 0);
    dialect.put("comments", List.of("#", "rem", List.of()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dialect", dialect);
    values.put("complete", false);
    values.put("warnings", List.of());
    values.put("parts", Map.of());
    TableMetadata table =
        Samples.table(Samples.name("s", "t")).extension(new StoredExtension("a", values)).build();

    assertThat(json(page(List.of(table)), "details").get(0).get(4).toString())
        .isEqualTo(
            "[[\"dialect\",\"delimiter tab, quote “,”, escape space, header yes, skipped lines 0,"
                + " comments (“#”, rem, ())\"],[\"complete\",\"no\"]]");
  }

  @Test
  void of_many_related_tables_the_most_connected_are_drawn_and_the_rest_is_said() {
    List<TableMetadata> tables = new ArrayList<>();
    TableName hub = Samples.name("s", "hub");
    tables.add(related(hub));
    for (int i = 0; i < 100; i++) {
      tables.add(related(Samples.name("s", "t" + i), hub));
    }

    String page = page(tables);

    assertThat(page).contains("The diagram shows the 60 tables").contains("of 101.");
    assertThat(page.split("class=\"box\"", -1)).hasSize(61);
  }

  @Test
  void circles_and_references_to_oneself_are_drawn() {
    TableName a = Samples.name("s", "a");
    TableName b = Samples.name("s", "b");
    TableName c = Samples.name("s", "c");

    String page = page(List.of(related(a, b, a), related(b, a), related(c, b)));

    assertThat(page.split("class=\"line\"", -1)).hasSize(5);
    assertThat(page.split("class=\"box\"", -1)).hasSize(4);
  }

  @Test
  void references_that_lead_outside_make_no_diagram() {
    assertThat(page(List.of(related(Samples.name("s", "a"), Samples.name("s", "gone")))))
        .doesNotContain("<svg class=\"er\"");
  }

  @Test
  void more_foreign_keys_than_are_kept_are_said() {
    Relations relations = new Relations();
    List<TableName> names = new ArrayList<>();
    for (int i = 0; i < Relations.KEPT + 2; i++) {
      TableName name = Samples.name("s", "t" + i);
      names.add(name);
      relations.add(related(name, Samples.name("s", "t" + (i / 2))));
    }

    assertThat(relations.diagram(names).whole()).isFalse();
    assertThat(relations.diagram(names).nodes()).hasSize(Relations.DRAWN);
  }

  @Test
  void a_long_list_of_key_columns_is_cut_in_its_box() {
    TableName name = Samples.name("s", "a-name-that-is-much-longer-than-its-box");
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      columns.add(Samples.column("k" + i, TypeKind.DATE));
    }
    TableMetadata table =
        Samples.table(name, columns.toArray(Column[]::new))
            .primaryKey(
                new KeyConstraint(Optional.empty(), columns.stream().map(Column::name).toList()))
            .foreignKeys(List.of(ForeignKey.of("f", List.of("k8"), name, List.of("k0"))))
            .build();

    assertThat(page(List.of(table)))
        .contains(">and 4 more<")
        .containsPattern(">a-name-that-is-much-[a-z-]*…<");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 ms", "999, 999 ms", "1500, 1.5 s", "61000, 1 min 1 s", "3723000, 1 h 2 min"})
  void durations_are_readable(long millis, String expected) {
    assertThat(HtmlPage.duration(Duration.ofMillis(millis))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETE, Complete",
    "UNCHANGED, Nothing had changed",
    "CANCELLED, Cancelled",
    "FAILED, Failed"
  })
  void each_end_of_an_import_has_its_word(ImportReport.Status status, String word) {
    ImportReport.Builder report =
        ImportReport.builder(status, Samples.START, Samples.START)
            .ledger(new ImportLedger(3, 1, 0, 0, 0))
            .failures(Map.of(), List.of());
    if (status == ImportReport.Status.CANCELLED || status == ImportReport.Status.FAILED) {
      report.failure(Failure.of(StandardErrorCode.CANCELLED, "It was cancelled."));
    }

    String page = page(List.of(), report.build(), "x");

    assertThat(page).contains(">" + word + "</span>").contains("The ledger doesn't balance");
  }

  @Test
  void a_schema_whose_listing_did_not_end_says_why_the_import_is_incomplete() {
    SchemaListing cut =
        new SchemaListing(
            SchemaName.of("half"), SchemaListing.Status.UNFINISHED, Optional.empty(), 1, 0);
    ImportReport report =
        ImportReport.builder(ImportReport.Status.INCOMPLETE, Samples.START, Samples.START)
            .ledger(new ImportLedger(1, 1, 0, 0, 0))
            .schemas(List.of(cut))
            .build();

    String page = page(List.of(), report, "x");

    assertThat(page).contains("half").contains("Its listing ended before its end");
  }

  private static List<TableMetadata> hostile(String text) {
    TableName name = Samples.name(text, text);
    return List.of(
        TableMetadata.builder(TableInfo.of(name, TableKind.FILE).withDescription(text), Samples.ALL)
            .columns(
                List.of(
                    Column.builder(text, DataType.of(TypeKind.OTHER, text), true)
                        .description(text)
                        .defaultExpression(text)
                        .build()))
            .primaryKey(KeyConstraint.of(text, text))
            .foreignKeys(List.of(ForeignKey.of(text, List.of(text), name, List.of(text))))
            .property(text, text)
            .extension(new StoredExtension(text, Map.of(text, text)))
            .notices(
                Notice.of(NoticeCode.LARGE, new Notice.Scope.Table(name), text).withRemedy(text))
            .build());
  }

  private static ImportReport hostileReport(String text) {
    TableName name = Samples.name(text, text);
    Failure failure =
        Failure.of(StandardErrorCode.TIMEOUT, text).withRemedy(text).withFieldPaths(List.of(text));
    return ImportReport.builder(ImportReport.Status.FAILED, Samples.START, Samples.START)
        .failure(failure)
        .ledger(new ImportLedger(3, 1, 2, 0, 0))
        .failures(Map.of("TIMEOUT", 2L), List.of(new TableOutcome.Failed(name, failure)))
        .schemas(
            List.of(
                new SchemaListing(
                    name.schema(), SchemaListing.Status.FAILED, Optional.of(failure), 0, 0)))
        .notices(
            List.of(
                Notice.of(NoticeCode.LARGE, new Notice.Scope.Schema(name.schema()), text),
                Notice.of(NoticeCode.LARGE, new Notice.Scope.Column(name, text), text)
                    .withRemedy(text),
                Notice.of(NoticeCode.LARGE, new Notice.Scope.Source(), text)),
            4)
        .build();
  }

  private static TableMetadata related(TableName name, TableName... to) {
    List<ForeignKey> keys = new ArrayList<>();
    for (TableName other : to) {
      keys.add(ForeignKey.of("fk", List.of("a"), other, List.of("a")));
    }
    return Samples.table(name, Samples.column("a", TypeKind.DATE)).foreignKeys(keys).build();
  }

  private static List<String> tags(String page) {
    List<String> tags = new ArrayList<>();
    Matcher matcher = TAG.matcher(page);
    while (matcher.find()) {
      tags.add(matcher.group());
    }
    return tags;
  }

  private static List<JsonNode> json(String page, String id) {
    String block = between(page, "id=\"" + id + "\">\n", "</script>");
    return block
        .lines()
        .map(
            line -> {
              try {
                return Json.MAPPER.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static String between(String page, String start, String end) {
    int from = page.indexOf(start) + start.length();
    return page.substring(from, page.indexOf(end, from));
  }

  private static String page(List<TableMetadata> tables) {
    return page(tables, Samples.report(tables), "Sales");
  }

  private static String page(List<TableMetadata> tables, ImportReport report, String name) {
    StringWriter out = new StringWriter();
    try (HtmlReport target = HtmlReport.to(out)) {
      target.begin(new ImportContext("c", name, "filesystem", ImportOptions.all(), Samples.START));
      tables.forEach(target::table);
      target.finish(report);
    }
    return out.toString();
  }
}

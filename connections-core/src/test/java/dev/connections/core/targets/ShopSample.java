package dev.connections.core.targets;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Failure;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.Relationships;
import dev.connections.core.importing.TableOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An import as a user may have it, to look at its page. */
final class ShopSample {
  private static final SchemaName SALES = SchemaName.of("Sales");
  private static final DataType INT = DataType.of(TypeKind.INTEGER, "int");

  private ShopSample() {}

  static List<TableMetadata> tables() {
    List<TableMetadata> tables = new ArrayList<>();
    tables.add(table("Customers", 1_204, List.of(), text("Name", 80), text("E-Mail", 120)));
    tables.add(table("Countries", 249, List.of(), text("Code", 2), text("Name", 60)));
    tables.add(table("Products", 8_410, List.of(), text("Title", 200), money("Price", 10, 2)));
    tables.add(
        table(
            "Addresses",
            2_290,
            List.of(to("CustomerId", "Customers"), to("CountryId", "Countries")),
            ref("CustomerId"),
            ref("CountryId"),
            text("Street", 120)));
    tables.add(
        table(
            "Orders",
            48_112_331,
            List.of(to("CustomerId", "Customers"), to("ShipTo", "Addresses")),
            ref("CustomerId"),
            ref("ShipTo"),
            Column.of("PlacedAt", DataType.of(TypeKind.TIMESTAMP_NTZ, "datetime"), false),
            money("Exact Total", 44, 6)));
    tables.add(
        table(
            "OrderLines",
            190_022_876,
            List.of(to("OrderId", "Orders"), to("ProductId", "Products")),
            ref("OrderId"),
            ref("ProductId"),
            Column.of("Position", DataType.of(TypeKind.OTHER, "hierarchyid"), true)));
    tables.add(
        table(
            "Categories",
            77,
            List.of(to("ParentId", "Categories")),
            ref("ParentId"),
            text("Name", 40)));
    DataType nested =
        DataType.array(
            DataType.struct(
                List.of(
                    TypeField.of("sku", DataType.of(TypeKind.STRING, "string"), true),
                    TypeField.of("unit price", DataType.of(TypeKind.DOUBLE, "double"), true)),
                "object"),
            true,
            "array");
    TableName file = SchemaName.of("exports/2026").table("orders.ndjson");
    tables.add(
        TableMetadata.builder(
                TableInfo.of(file, TableKind.FILE)
                    .withDescription("Nightly export of the web shop."),
                Samples.ALL)
            .columns(
                List.of(
                    inferred("id", DataType.of(TypeKind.BIGINT, "integer"), 0.99),
                    inferred(
                        "placed",
                        DataType.of(TypeKind.TIMESTAMP, "timestamp").withPrecision(9),
                        0.81),
                    inferred("lines", nested, 0.93),
                    inferred("note", DataType.of(TypeKind.STRING, "string"), 0.42)))
            .extension(
                new StoredExtension(
                    "file_inference",
                    Map.of(
                        "confidence",
                        0.78,
                        "format",
                        "ndjson",
                        "charset",
                        "UTF-8",
                        "sampled_bytes",
                        65536)))
            .rowCount(RowCount.about(120_000))
            .notices(
                Notice.of(
                        NoticeCode.LOW_CONFIDENCE,
                        new Notice.Scope.Column(file, "note"),
                        "The column 'note' was empty in most of what was sampled.")
                    .withRemedy("Check its type before you load it."))
            .build());
    return tables;
  }

  static ImportReport report(List<TableMetadata> tables) {
    long columns = tables.stream().mapToLong(table -> table.columns().size()).sum();
    Failure denied =
        Failure.of(
                StandardErrorCode.PERMISSION_DENIED,
                "The login may not read the definition of 'Payroll'.")
            .withRemedy("Grant VIEW DEFINITION on the schema 'Hr' to the login, or leave it out.")
            .withFieldPaths(List.of("authentication.username"));
    return ImportReport.builder(
            ImportReport.Status.INCOMPLETE, Samples.START, Samples.START.plusMillis(12_480))
        .ledger(new ImportLedger(tables.size() + 4, tables.size(), 1, 3, 0))
        .contents(columns, new Relationships(7, 0))
        .failures(
            Map.of("PERMISSION_DENIED", 1L),
            List.of(new TableOutcome.Failed(SchemaName.of("Hr").table("Payroll"), denied)))
        .notices(
            List.of(
                Notice.of(
                    NoticeCode.LARGE,
                    new Notice.Scope.Table(SALES.table("Orders")),
                    "The table 'Sales.Orders' contains 48 million rows. Import may take several"
                        + " minutes.")),
            1)
        .build();
  }

  static TestResult test() {
    Failure slow =
        Failure.of(StandardErrorCode.TLS_UNTRUSTED, "The certificate isn't checked.")
            .withRemedy("Switch 'ssl.trust_server_certificate' off.");
    return new TestResult(
        List.of(
            step("connect", "Connect", TestResult.Status.PASSED, 12, Optional.empty()),
            step("tls", "Encrypt", TestResult.Status.WARNING, 31, Optional.of(slow)),
            step("authenticate", "Sign in", TestResult.Status.PASSED, 48, Optional.empty())),
        Optional.empty());
  }

  private static TestResult.Step step(
      String id, String label, TestResult.Status status, long millis, Optional<Failure> failure) {
    return new TestResult.Step(
        id, label, status, Duration.ofMillis(millis), failure, Optional.of("sql.example.com:1433"));
  }

  private static TableMetadata table(
      String name, long rows, List<ForeignKey> keys, Column... columns) {
    List<Column> all = new ArrayList<>();
    all.add(Column.builder("Id", INT, false).identity().build());
    all.addAll(List.of(columns));
    return TableMetadata.builder(TableInfo.of(SALES.table(name), TableKind.TABLE), Samples.ALL)
        .columns(all)
        .primaryKey(KeyConstraint.of("PK_" + name, "Id"))
        .foreignKeys(keys)
        .rowCount(RowCount.exactly(rows))
        .build();
  }

  private static Column text(String name, int length) {
    return Column.of(
        name, DataType.of(TypeKind.STRING, "nvarchar(" + length + ")").withLength(length), true);
  }

  private static Column money(String name, int precision, int scale) {
    return Column.of(
        name,
        DataType.decimal(precision, scale, "decimal(" + precision + "," + scale + ")"),
        false);
  }

  private static Column ref(String name) {
    return Column.of(name, INT, true);
  }

  private static ForeignKey to(String column, String table) {
    return ForeignKey.of("FK_" + column, List.of(column), SALES.table(table), List.of("Id"));
  }

  private static Column inferred(String name, DataType type, double confidence) {
    return Column.builder(name, type, true)
        .extension(new StoredExtension("column_inference", Map.of("confidence", confidence)))
        .build();
  }
}

package dev.connections.core.targets;

import dev.connections.api.Category;
import dev.connections.api.ChangeMarker;
import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.MetadataExtension;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Partitioning;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.MetadataChange;
import dev.connections.core.importing.Relationships;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.internal.json.Json;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A table and a report in which every part is there, and tables made at random. */
final class Rich {
  /** A vendor's extension. */
  record Inference(double confidence, String dialect) implements MetadataExtension {
    @Override
    public String id() {
      return "file_inference";
    }

    @Override
    public Map<String, Object> values() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("confidence", confidence);
      values.put("dialect", dialect);
      values.put("sampled", 4096);
      values.put("small", (short) 3);
      values.put("huge", new java.math.BigInteger("123456789012345678901234567890"));
      values.put("delimiters", List.of(",", ";"));
      values.put("nested", Map.of("quoted", true));
      values.put("undefined", Double.NaN);
      return values;
    }
  }

  /** A plugin's own code. */
  enum PluginCode implements ErrorCode {
    ODD_DELIMITER;

    @Override
    public String id() {
      return name();
    }

    @Override
    public Category category() {
      return Category.DATA;
    }

    @Override
    public boolean transientFailure() {
      return true;
    }
  }

  static final TableName NAME = SchemaName.of("Shop", "Sales").table("Orders");

  private Rich() {}

  static TableMetadata table() {
    DataType nested =
        DataType.map(
            DataType.of(TypeKind.STRING, "text").withLength(5),
            DataType.array(
                DataType.struct(
                    List.of(
                        new TypeField(
                            "x", DataType.decimal(9, -2, "dec"), false, Optional.of("words"))),
                    "row"),
                true,
                "row[]"),
            false,
            "map");
    return TableMetadata.builder(
            TableInfo.of(NAME, TableKind.TABLE)
                .withDescription("what was ordered")
                .withChangeMarker(new ChangeMarker("v7"))
                .withColumnCount(2)
                .withRowCount(10),
            EnumSet.complementOf(EnumSet.of(Section.CHECKS)))
        .columns(
            List.of(
                Column.builder("Id", DataType.of(TypeKind.BIGINT, "bigint"), false)
                    .identity()
                    .description("the number")
                    .defaultExpression("1")
                    .generatedExpression("2")
                    .collation("c")
                    .extension(new Inference(0.5, "é😀"))
                    .build(),
                Column.of("Nested", nested, true),
                Column.of("", DataType.of(TypeKind.OTHER, ""), true)))
        .primaryKey(new KeyConstraint(Optional.empty(), List.of("Id")))
        .uniqueKeys(List.of(KeyConstraint.of("uq", "Id", "Nested")))
        .foreignKeys(
            List.of(
                ForeignKey.of("fk", List.of("Id"), Samples.name("o", "p"), List.of("q"))
                    .withRules("CASCADE", "NO ACTION")
                    .notEnforced()))
        .indexes(
            List.of(
                Index.of("ix", true, "Id")
                    .withIncluded(List.of("Nested"))
                    .withMethod("btree")
                    .withPredicate("Id > 0")))
        .checks(List.of(new CheckConstraint(Optional.of("ck"), "Id > 0")))
        .partitioning(new Partitioning("range", List.of("Id"), OptionalLong.of(3)))
        .definition("select 1")
        .property("owner", "ada")
        .extension(new Inference(0.875, ","))
        .rowCount(RowCount.about(10))
        .sizeInBytes(1L << 40)
        .notices(
            Notice.of(NoticeCode.TRUNCATED, new Notice.Scope.Table(NAME), "Cut.")
                .withRemedy("Ask for more.")
                .withHidden(4),
            Notice.of(PluginCode.ODD_DELIMITER, new Notice.Scope.Column(NAME, "Id"), "Odd."),
            Notice.of(
                StandardErrorCode.PERMISSION_DENIED, new Notice.Scope.Schema(NAME.schema()), "No."),
            Notice.of(NoticeCode.LARGE, new Notice.Scope.Source(), "Large."))
        .build();
  }

  static ImportReport report() {
    Failure failure =
        Failure.of(StandardErrorCode.TIMEOUT, "Too slow.")
            .withRemedy("Wait.")
            .withFieldPaths(List.of("advanced.timeout"))
            .withVendorCode("HYT00");
    return ImportReport.builder(
            ImportReport.Status.FAILED, Samples.START, Samples.START.plusMillis(1234))
        .failure(failure)
        .ledger(new ImportLedger(6, 1, 2, 2, 1))
        .contents(3, new Relationships(0, 1))
        .failures(
            Map.of("TIMEOUT", 1L, "ODD_DELIMITER", 1L),
            List.of(
                new TableOutcome.Failed(Samples.name("s", "slow"), failure),
                new TableOutcome.Failed(
                    Samples.name("s", "odd"), Failure.of(PluginCode.ODD_DELIMITER, "Odd."))))
        .schemas(
            List.of(
                new SchemaListing(
                    NAME.schema(), SchemaListing.Status.COMPLETE, Optional.empty(), 6, 2),
                new SchemaListing(
                    SchemaName.of("x"), SchemaListing.Status.FAILED, Optional.of(failure), 0, 0)))
        .notLoaded(Map.of(Section.FOREIGN_KEYS, 1L))
        .notices(List.of(Notice.of(NoticeCode.LARGE, new Notice.Scope.Source(), "Large.")), 9)
        .changeMarker(Optional.of(new ChangeMarker("m")))
        .drift(Optional.of(drift()))
        .attempts(2)
        .build();
  }

  private static SchemaDrift drift() {
    List<MetadataChange> changes =
        List.of(
            new MetadataChange(
                MetadataChange.What.COLUMN_TYPE,
                Optional.of("price ☃"),
                Optional.of("bigint"),
                Optional.of("int"),
                true),
            new MetadataChange(
                MetadataChange.What.DESCRIPTION,
                Optional.empty(),
                Optional.empty(),
                Optional.of("new"),
                false));
    return new SchemaDrift(
        Samples.START.minusSeconds(60),
        1,
        2,
        1,
        4,
        7,
        List.of(
            TableDrift.of(Samples.name("s", "added"), TableDrift.Kind.ADDED),
            new TableDrift(Samples.name("s", "changed"), TableDrift.Kind.CHANGED, changes, 3, true),
            TableDrift.of(Samples.name("s", "removed"), TableDrift.Kind.REMOVED),
            TableDrift.of(Samples.name("s", "unseen"), TableDrift.Kind.UNSEEN)));
  }

  static TableMetadata random(Random random) {
    TableName name = Samples.name(Json.whole(Nasty.name(random)), Json.whole(Nasty.name(random)));
    TableMetadata.Builder table =
        TableMetadata.builder(
                TableInfo.of(name, TableKind.FILE).withDescription(Json.whole(Nasty.text(random))),
                EnumSet.of(Section.COLUMNS))
            .columns(
                random
                    .ints(random.nextInt(5))
                    .mapToObj(
                        i ->
                            Column.of(
                                Json.whole(Nasty.name(random)), type(random, 4), (i & 1) == 0))
                    .toList())
            .property(Json.whole(Nasty.text(random)), Json.whole(Nasty.text(random)));
    return table.build();
  }

  private static DataType type(Random random, int depth) {
    TypeKind[] kinds = TypeKind.values();
    TypeKind kind = kinds[random.nextInt(kinds.length)];
    String text = Json.whole(Nasty.text(random));
    if (depth == 0 || kind.ordinal() < TypeKind.STRUCT.ordinal() || kind == TypeKind.OTHER) {
      TypeKind plain = depth == 0 ? TypeKind.OTHER : kind;
      return DataType.of(plain, text).withLength(random.nextInt()).withScale(random.nextInt());
    }
    DataType child = type(random, depth - 1);
    return switch (kind) {
      case ARRAY -> DataType.array(child, random.nextBoolean(), text);
      case MAP -> DataType.map(type(random, depth - 1), child, random.nextBoolean(), text);
      default -> DataType.struct(List.of(TypeField.of(text, child, random.nextBoolean())), text);
    };
  }
}

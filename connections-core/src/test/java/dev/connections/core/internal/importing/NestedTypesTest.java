package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.targets.DatabricksDdl;
import dev.connections.core.targets.HtmlReport;
import dev.connections.core.targets.JsonSnapshot;
import dev.connections.core.targets.JsonSnapshotReader;
import dev.connections.core.targets.TargetLayout;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NestedTypesTest {
  private static final SchemaName S = SchemaName.of("s");

  /** Arrays of arrays of …, so many levels in all. */
  private static TableMetadata nested(String name, int levels) {
    DataType type = DataType.of(TypeKind.INTEGER, "int");
    for (int level = 1; level < levels; level++) {
      type = DataType.array(type, true, "array");
    }
    return of(name, type);
  }

  /** A structure of two of the same, and so on: few types, and more places than can be counted. */
  private static TableMetadata unfolding(String name, int levels) {
    DataType type = DataType.of(TypeKind.INTEGER, "int");
    for (int level = 1; level < levels; level++) {
      type =
          DataType.struct(
              List.of(TypeField.of("a", type, true), TypeField.of("b", type, true)), "two");
    }
    return of(name, type);
  }

  private static TableMetadata of(String name, DataType type) {
    return TableMetadata.builder(table("s", name), EnumSet.allOf(Section.class))
        .columns(List.of(Column.of("c", type, true)))
        .build();
  }

  @Test
  void a_table_that_is_nested_too_deeply_fails_alone_and_the_others_reach_every_target() {
    List<TableMetadata> tables =
        List.of(
            nested("deepest", NestedTypes.MOST_LEVELS),
            nested("deeper", NestedTypes.MOST_LEVELS + 1),
            nested("abyss", 100_000),
            unfolding("unfolding", 100_000),
            nested("flat", 1));
    StringWriter snapshot = new StringWriter();
    StringWriter script = new StringWriter();
    ImportListener targets =
        ImportListener.into(
            JsonSnapshot.to(snapshot),
            DatabricksDdl.to(script, TargetLayout.in("main")),
            HtmlReport.to(new StringWriter()));

    ImportReport report =
        Runs.run(
            new ScriptedAdapter(
                (selection, sink, operation) -> {
                  tables.forEach(table -> sink.listed(table.info()));
                  sink.listingComplete(S);
                  sink.proceed(ImportPlan.UNKNOWN);
                  tables.forEach(sink::table);
                  return ImportEnd.Done.unmarked();
                }),
            ImportOptions.all(),
            targets);

    assertThat(report.failure()).isEmpty();
    assertThat(report.status()).isEqualTo(ImportReport.Status.INCOMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(5, 2, 3, 0, 0));
    assertThat(report.failedTables())
        .extracting(TableOutcome.Failed::failure)
        .allSatisfy(
            failure -> {
              assertThat(failure.code()).isEqualTo(StandardErrorCode.TOO_LARGE);
              assertThat(failure.message()).contains("more than 500 levels");
              assertThat(failure.remedy()).isPresent();
            });
    assertThat(script.toString()).contains("`deepest`").contains("`flat`");
    try (JsonSnapshotReader reader = JsonSnapshotReader.of(new StringReader(snapshot.toString()))) {
      assertThat(reader.tables())
          .extracting(TableMetadata::name)
          .containsExactly(S.table("deepest"), S.table("flat"));
    }
  }
}

package dev.connections.core.targets;

import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.json.TableJson;
import dev.connections.core.internal.json.TableJsonReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes an import as a script of Databricks SQL: schemas, Delta tables with their primary keys,
 * then the foreign keys between them. Views stand in it as comments. What the tables lose is told
 * in remarks where it weighs, and in full to {@link #onLoss}.
 *
 * <p>The script can be run again: what is there stays, and foreign keys of the same names are
 * replaced. Its statements don't depend on the order in which tables were read or on the time, so
 * that two scripts of one state are equal.
 *
 * <p>One object serves one import. Memory grows with the number of tables by their names and keys
 * only. A failing disk ends in {@link TargetErrorCode#OUTPUT_NOT_WRITTEN}.
 */
public final class DatabricksDdl extends SpooledTarget {
  /** The version of the script's conventions, told in its first line. */
  public static final int CONVENTIONS = 1;

  private final TargetLayout layout;
  private final Consumer<? super TypeLoss> listener;
  private final boolean tags;

  private DatabricksDdl(
      Output output, TargetLayout layout, Consumer<? super TypeLoss> listener, boolean tags) {
    super(output);
    this.tags = tags;
    this.layout = Objects.requireNonNull(layout, "layout");
    this.listener = listener;
  }

  /**
   * {@return a target that writes a file} The file appears when the import has ended, whole.
   *
   * @param file what to write; its folder is there, and a file of its name is replaced
   * @param layout where the tables go; the import's options decide on the layer
   */
  public static DatabricksDdl to(Path file, TargetLayout layout) {
    return new DatabricksDdl(Output.file(file), layout, loss -> {}, false);
  }

  /**
   * {@return a target that writes to a writer}
   *
   * @param writer what to write to; it is flushed and not closed
   * @param layout where the tables go; the import's options decide on the layer
   */
  public static DatabricksDdl to(Writer writer, TargetLayout layout) {
    return new DatabricksDdl(Output.writer(writer), layout, loss -> {}, false);
  }

  /**
   * {@return a target that writes to where this one would, and tells each loss} The losses of a
   * table come together, in the script's order, while it is being written. This target isn't to be
   * used then.
   *
   * @param hears what is told of each loss
   */
  public DatabricksDdl onLoss(Consumer<? super TypeLoss> hears) {
    return new DatabricksDdl(output(), layout, Objects.requireNonNull(hears, "hears"), tags);
  }

  /**
   * {@return a target that writes to where this one would, and sets the tags that the source's
   * tables and columns bear} They stand behind all tables, a statement for each table and column,
   * so that one that fails takes nothing else with it. Tags are told by extensions that hold texts
   * by names under {@code tags}. This target isn't to be used then.
   */
  public DatabricksDdl withTags() {
    return new DatabricksDdl(output(), layout, listener, true);
  }

  @Override
  byte[] kept(TableMetadata table) throws IOException {
    return TableJson.bytes(table);
  }

  @Override
  void write(Writer out, ImportContext context, ImportReport report, TableSpool tables)
      throws IOException {
    TargetLayout asked = layout.following(context.options());
    LossCount count = new LossCount(listener);
    DdlScript script =
        new DdlScript(
            out,
            TargetNames.of(tables.names(), asked),
            DatabricksTypes.with(asked.columnNaming()),
            count,
            !inHive(asked));
    header(out, context, report, asked);
    script.schemas();
    Set<TableName> referring = new HashSet<>();
    Set<TableName> tagged = new HashSet<>();
    tables.forEach(
        (name, bytes) -> {
          TableMetadata table = TableJsonReader.table(bytes);
          boolean created = script.table(table);
          if (!table.foreignKeys().isEmpty()) {
            referring.add(name);
          }
          if (tags && created && DdlScript.hasTags(table)) {
            tagged.add(name);
          }
        });
    if (!referring.isEmpty()) {
      out.write("\n-- Foreign keys, which Databricks states and doesn't enforce.\n");
      for (TableName name : tables.names()) {
        if (referring.contains(name)) {
          script.foreignKeys(TableJsonReader.table(tables.get(name)));
        }
      }
    }
    if (!tagged.isEmpty() && inHive(asked)) {
      out.write("\n-- Tags are left out: hive_metastore keeps none.\n");
    } else if (!tagged.isEmpty()) {
      out.write("\n-- Tags.\n");
      for (TableName name : tables.names()) {
        if (tagged.contains(name)) {
          script.tags(TableJsonReader.table(tables.get(name)));
        }
      }
    }
    out.write("\n-- " + count.losses() + " losses and " + count.notes() + " notes in all.\n");
  }

  /** The metastore beside Unity Catalog is a catalog by its name. */
  private static boolean inHive(TargetLayout layout) {
    return layout.catalog().equalsIgnoreCase("hive_metastore");
  }

  private static void header(
      Writer out, ImportContext context, ImportReport report, TargetLayout layout)
      throws IOException {
    String source = context.connectionName() + " (" + context.connectionType() + ")";
    out.write("-- Databricks SQL by Connections " + Release.version());
    out.write(", conventions " + CONVENTIONS + "\n");
    out.write("-- Source: " + Databricks.remark(source) + "\n");
    out.write("-- Catalog: " + Databricks.remark(layout.catalog()) + ", layer: ");
    out.write(TableJson.lower(layout.layer()) + "\n");
    out.write("-- Tables: " + report.ledger().imported() + " of " + report.ledger().listed());
    out.write(report.complete() ? "\n\n" : "; the import is not complete\n\n");
  }

  /** Counts the losses and passes them on. */
  private static final class LossCount implements DdlScript.LossListener {
    private final Consumer<? super TypeLoss> listener;
    private long losses;
    private long notes;

    LossCount(Consumer<? super TypeLoss> listener) {
      this.listener = listener;
    }

    @Override
    public void lost(TypeLoss loss) {
      if (loss.severity() == LossKind.Severity.LOSS) {
        losses++;
      } else {
        notes++;
      }
      listener.accept(loss);
    }

    long losses() {
      return losses;
    }

    long notes() {
      return notes;
    }
  }
}

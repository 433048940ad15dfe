package dev.connections.core.targets;

import dev.connections.api.TableMetadata;
import dev.connections.api.TestResult;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes an import as one page that people read: how it went, each table with its columns, their
 * native and Databricks types and what is lost between them, what changed since the last import,
 * what failed and what to do about it, and a diagram of the relationships.
 *
 * <p>The page is one file without anything from elsewhere: it opens from a disk, sends nothing, and
 * holds no script but its own, which is named in its content security policy. It can be used with
 * the keyboard, in light and dark, on a phone and on paper.
 *
 * <p>One object serves one import. Memory grows with the number of tables by their names, and by
 * their relationships up to a bound. A failing disk ends in {@link
 * TargetErrorCode#OUTPUT_NOT_WRITTEN}.
 */
public final class HtmlReport extends SpooledTarget {
  private final Optional<TestResult> test;
  private final DatabricksTypes types = DatabricksTypes.with(ColumnNaming.PLAIN);
  private final Relations relations = new Relations();
  private long losses;
  private long notes;

  private HtmlReport(Output output, Optional<TestResult> test) {
    super(output);
    this.test = test;
  }

  /**
   * {@return a target that writes a file} The file appears when the import has ended, whole.
   *
   * @param file what to write; its folder is there, and a file of its name is replaced
   */
  public static HtmlReport to(Path file) {
    return new HtmlReport(Output.file(file), Optional.empty());
  }

  /**
   * {@return a target that writes to a writer}
   *
   * @param writer what to write to; it is flushed and not closed
   */
  public static HtmlReport to(Writer writer) {
    return new HtmlReport(Output.writer(writer), Optional.empty());
  }

  /**
   * {@return a target that writes to where this one would, and shows the steps of a test} This
   * target isn't to be used then.
   *
   * @param result of the connection that is imported
   */
  public HtmlReport withTest(TestResult result) {
    return new HtmlReport(output(), Optional.of(Objects.requireNonNull(result, "result")));
  }

  @Override
  byte[] kept(TableMetadata table) throws IOException {
    HtmlTable lines = new HtmlTable(table, types.map(table));
    losses += lines.losses();
    notes += lines.notes();
    relations.add(table);
    return (lines.listLine() + "\n" + lines.detailLine()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  void write(Writer out, ImportContext context, ImportReport report, TableSpool tables)
      throws IOException {
    HtmlPage page = new HtmlPage(out, context, report);
    page.begin();
    new HtmlSummary(out, report).write(losses, notes);
    if (test.isPresent()) {
      page.test(test.get());
    }
    if (report.drift().isPresent()) {
      new HtmlDrift(out).write(report.drift().get());
    }
    page.failures();
    page.notices();
    page.diagram(relations.diagram(tables.names()));
    page.tables(tables);
    page.end();
  }
}

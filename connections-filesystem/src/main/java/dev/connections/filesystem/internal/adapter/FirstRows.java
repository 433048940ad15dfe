package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterLife;
import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.util.List;
import java.util.Optional;

/** Shows the first rows of a text file. Binary formats would need readers of data. */
final class FirstRows implements RowPreview {
  /** A preview is to be looked at; more than this nobody reads. */
  private static final int MOST = 1_000;

  private final FileSettings settings;
  private final TableReader reader;
  private final AdapterLife life;

  FirstRows(FileSettings settings, TableReader reader, AdapterLife life) {
    this.settings = settings;
    this.reader = reader;
    this.life = life;
  }

  @Override
  public RowSample preview(TableName table, int rows, Operation operation) {
    Operation call = life.during(operation);
    int limit = Math.max(1, Math.min(rows, MOST));
    BaseDirectory base = settings.location().open();
    FoundTable found = new TableFinder(base, settings.rules(), reader, call).find(table);
    if (!(found instanceof FoundTable.SingleFile file) || !readable(file.format())) {
      throw unsupported(table);
    }
    TableReader.Rows sample = reader.rows(base, file, limit + 1, call);
    List<List<Optional<Object>>> read = sample.rows();
    boolean more = read.size() > limit;
    return new RowSample(
        sample.columns().stream().map(Column::name).toList(),
        more ? read.subList(0, limit) : read,
        more);
  }

  private static boolean readable(FileFormat format) {
    return format == FileFormat.CSV
        || format == FileFormat.TSV
        || format == FileFormat.JSON
        || format == FileFormat.NDJSON;
  }

  private static ConnectionException unsupported(TableName table) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "Rows of '"
                + FileFailures.shown(RelativePath.of(table).text())
                + "' can't be shown: only those of CSV, TSV, JSON and NDJSON files can.")
        .withRemedy("Look at the table's columns instead.")
        .asException();
  }
}

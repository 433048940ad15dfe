package dev.connections.filesystem.internal.delta;

import dev.connections.api.Column;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the columns of a Delta table from its log; no data file is opened. */
public final class DeltaTableReader {
  private static final String FORMAT = "Delta";

  private DeltaTableReader() {}

  /**
   * What a log says of its table.
   *
   * @param schema the columns
   * @param partitionColumns what the files are divided by
   */
  public record DeltaTable(InferredSchema schema, List<String> partitionColumns) {
    /**
     * Copies the names.
     *
     * @param schema the columns
     * @param partitionColumns what the files are divided by
     */
    public DeltaTable {
      partitionColumns = List.copyOf(partitionColumns);
    }
  }

  /**
   * {@return a table's columns and what its files are divided by}
   *
   * @param base the connection's directory
   * @param table the table's directory
   * @param limits on what is read of each file of the log
   * @param operation deadline and cancellation
   * @throws IOException if the log can't be read
   * @throws dev.connections.api.ConnectionException with {@code MALFORMED_DATA} if the log is
   *     damaged or has a gap, {@code UNSUPPORTED} if it was cleaned up and its checkpoint is one
   *     that isn't read here
   */
  public static DeltaTable read(
      BaseDirectory base, RelativePath table, ReadLimits limits, Operation operation)
      throws IOException {
    try {
      DeltaLog log = DeltaLog.of(base, table, limits, operation);
      DeltaMetadata metadata = log.metadata();
      DeltaTypes types = new DeltaTypes();
      List<Column> columns = types.columns(metadata.schema(), limits.deepestNesting());
      if (columns.size() > limits.mostColumns()) {
        throw FileFailures.tooLarge(
            table.text(), "The number of columns", String.valueOf(limits.mostColumns()));
      }
      List<Warning> warnings = new ArrayList<>(types.warnings());
      List<String> names = columns.stream().map(Column::name).toList();
      if (!names.containsAll(metadata.partitionColumns())) {
        warnings.add(
            Warning.of(
                NoticeCode.IRREGULAR, "It is partitioned by a column that its schema lacks."));
      }
      return new DeltaTable(
          new InferredSchema(
              columns,
              Optional.empty(),
              inference(metadata, warnings),
              warnings,
              metadata.description(),
              properties(log, metadata)),
          metadata.partitionColumns());
    } catch (Defect defect) {
      throw FileFailures.malformed(table.text(), FORMAT, defect.reason());
    }
  }

  private static FileInference inference(DeltaMetadata metadata, List<Warning> warnings) {
    return new FileInference(
        "delta",
        Optional.empty(),
        Optional.empty(),
        "none",
        1,
        metadata.schema().length(),
        0,
        1,
        true,
        warnings.stream().map(Warning::message).toList());
  }

  private static Map<String, String> properties(DeltaLog log, DeltaMetadata metadata) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("version", String.valueOf(log.version()));
    metadata
        .configuration()
        .forEach(
            (key, value) -> properties.put(FileFailures.shown(key), FileFailures.shown(value)));
    return properties;
  }
}

package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.listing.FoundTable.FileSet;
import dev.connections.filesystem.internal.listing.PartitionKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes one schema of those of several files, and tells where they differ. */
final class SchemaMerge {
  private final List<InferredSchema> schemas;
  private final FileSet set;
  private final Set<Warning> warnings = new LinkedHashSet<>();

  private SchemaMerge(List<InferredSchema> schemas, FileSet set, List<Warning> known) {
    this.schemas = schemas;
    this.set = set;
    warnings.addAll(known);
    schemas.forEach(schema -> warnings.addAll(schema.warnings()));
  }

  /** The schema of a table of which some files were read; at least one. */
  static InferredSchema of(List<InferredSchema> schemas, FileSet set, List<Warning> known) {
    return new SchemaMerge(schemas, set, known).merged();
  }

  private InferredSchema merged() {
    List<Column> columns = columns();
    InferredSchema first = schemas.get(0);
    List<Warning> told = List.copyOf(warnings);
    return new InferredSchema(
        columns, rows(), inference(told), told, first.description(), first.properties());
  }

  private List<Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (InferredSchema schema : schemas) {
      for (Column column : schema.columns()) {
        columns.merge(column.name(), column, this::common);
        seen.merge(column.name(), 1, Integer::sum);
      }
    }
    columns.replaceAll(
        (name, column) -> seen.getOrDefault(name, 0) < schemas.size() ? sometimes(column) : column);
    for (PartitionKey key : set.keys()) {
      if (columns.remove(key.name()) != null) {
        tell(key.name(), "The files have a column that the directories' names give a value, too.");
      }
      columns.put(key.name(), key.column());
    }
    return new ArrayList<>(columns.values());
  }

  private Column common(Column one, Column other) {
    boolean nullable = one.nullable() || other.nullable();
    if (one.type().equals(other.type())) {
      return one.nullable() == nullable ? one : nullable(one);
    }
    if (one.type().kind() != other.type().kind()) {
      tell(one.name(), "The table's files differ in the type of this column.");
    } else if (!one.type().children().equals(other.type().children())) {
      tell(one.name(), "The table's files differ in the parts of this column.");
    }
    return with(one, CommonType.of(one.type(), other.type()), nullable);
  }

  private Column sometimes(Column column) {
    tell(column.name(), "Not all of the table's files have this column.");
    return nullable(column);
  }

  private static Column nullable(Column column) {
    return with(column, column.type(), true);
  }

  private static Column with(Column column, DataType type, boolean nullable) {
    Column.Builder copy = Column.builder(column.name(), type, nullable);
    column.description().ifPresent(copy::description);
    column.defaultExpression().ifPresent(copy::defaultExpression);
    column.extensions().forEach(copy::extension);
    return copy.build();
  }

  private void tell(String column, String message) {
    warnings.add(Warning.of(NoticeCode.IRREGULAR, message).at(column));
  }

  /** Known only if every file was read and each knew its own exactly. */
  private Optional<RowCount> rows() {
    if (schemas.size() < set.files()) {
      return Optional.empty();
    }
    long sum = 0;
    for (InferredSchema schema : schemas) {
      if (schema.rows().isEmpty() || !schema.rows().get().exact()) {
        return Optional.empty();
      }
      sum += schema.rows().get().rows();
    }
    return Optional.of(RowCount.exactly(sum));
  }

  private FileInference inference(List<Warning> told) {
    FileInference first = schemas.get(0).inference();
    double confidence = 1;
    long bytes = 0;
    long rows = 0;
    int parts = 0;
    boolean complete = schemas.size() == set.files();
    for (InferredSchema schema : schemas) {
      FileInference one = schema.inference();
      confidence = Math.min(confidence, one.confidence());
      bytes += one.sampledBytes();
      rows += one.sampledRows();
      parts += one.sampledParts();
      complete &= one.complete();
    }
    Set<String> sentences = new LinkedHashSet<>();
    if (schemas.size() < set.files()) {
      sentences.add(
          "The columns are those of "
              + schemas.size()
              + " of the table's "
              + set.files()
              + " files.");
    }
    told.forEach(warning -> sentences.add(warning.message()));
    return new FileInference(
        first.format(),
        first.charset(),
        first.dialect(),
        first.compression(),
        confidence,
        bytes,
        rows,
        parts,
        complete,
        List.copyOf(sentences));
  }
}

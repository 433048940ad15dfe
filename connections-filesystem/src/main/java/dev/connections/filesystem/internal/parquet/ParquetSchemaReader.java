package dev.connections.filesystem.internal.parquet;

import dev.connections.api.Column;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/**
 * Finds the columns of a Parquet file in its footer, and its exact number of rows. Data pages and
 * row groups aren't looked at: a file with damaged data still has its schema.
 */
public final class ParquetSchemaReader implements SchemaReader {
  private static final String FORMAT = "Parquet";
  private static final int LONGEST_PROPERTY = 500;

  /** The parser counts a little more than it reads. */
  private static final int SLACK = 1_024;

  /** Makes a reader. */
  public ParquetSchemaReader() {}

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    operation.checkpoint();
    FooterBytes footer = FooterBytes.of(content, limits);
    FileMetaData metadata = parse(footer, content);
    try {
      return schema(metadata, footer, content, limits);
    } catch (Defect e) {
      throw FileFailures.malformed(content.path(), FORMAT, e.reason());
    }
  }

  private static FileMetaData parse(FooterBytes footer, FileContent content) {
    try {
      // Without a bound of its own, a list that claims a billion elements gets memory for them.
      return Util.readFileMetaData(footer.stream(), true, null, null, footer.length() + SLACK);
    } catch (IOException | RuntimeException damaged) { // the parser has many words for it
      throw FileFailures.malformed(content.path(), FORMAT, "its footer is damaged");
    }
  }

  private static InferredSchema schema(
      FileMetaData metadata, FooterBytes footer, FileContent content, ReadLimits limits)
      throws Defect {
    if (metadata.getNum_rows() < 0) {
      throw new Defect("it has a negative number of rows");
    }
    if (!metadata.isSetSchema()) {
      throw new Defect("it has no schema");
    }
    SchemaNode root = SchemaNode.tree(metadata.getSchema(), limits);
    if (root.children().size() > limits.mostColumns()) {
      throw FileFailures.tooLarge(
          content.path(), "The number of columns", String.valueOf(limits.mostColumns()));
    }
    ParquetTypes types = new ParquetTypes();
    List<Column> columns = new ArrayList<>(root.children().size());
    List<Warning> warnings = new ArrayList<>(0);
    for (SchemaNode child : root.children()) {
      int known = types.warnings().size();
      columns.add(Column.of(child.name(), types.of(child), child.isOptional()));
      types.warnings().stream().skip(known).forEach(w -> warnings.add(w.at(child.name())));
    }
    if (new TreeSet<>(columns.stream().map(Column::name).toList()).size() < columns.size()) {
      warnings.add(
          Warning.of(NoticeCode.IRREGULAR, "Several columns have the same name.")
              .withRemedy("Rename them where the file is written: most readers refuse it."));
    }
    return new InferredSchema(
        columns,
        Optional.of(RowCount.exactly(metadata.getNum_rows())),
        inference(footer, content, warnings),
        warnings,
        Optional.empty(),
        properties(metadata));
  }

  private static FileInference inference(
      FooterBytes footer, FileContent content, List<Warning> warnings) {
    return new FileInference(
        "parquet",
        Optional.empty(),
        Optional.empty(),
        content.compression(),
        1,
        footer.length(),
        0,
        1,
        false,
        warnings.stream().map(Warning::message).toList());
  }

  /** Values of key-value metadata may be whole schemas of other programs: only keys are kept. */
  private static Map<String, String> properties(FileMetaData metadata) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (metadata.isSetCreated_by()) {
      properties.put("created_by", shortened(metadata.getCreated_by()));
    }
    if (metadata.isSetKey_value_metadata() && !metadata.getKey_value_metadata().isEmpty()) {
      List<String> keys =
          metadata.getKey_value_metadata().stream().map(KeyValue::getKey).sorted().toList();
      properties.put("key_value_metadata", shortened(String.join(", ", keys)));
    }
    if (metadata.isSetEncryption_algorithm()) {
      properties.put("encryption", "columns");
    }
    return properties;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_PROPERTY ? text : text.substring(0, LONGEST_PROPERTY) + "…";
  }
}

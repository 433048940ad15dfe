package dev.connections.filesystem.internal.parquet;

import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * The texts of a Parquet file's columns, without those that are null: enough for a column that has
 * a value in one row only, as those of a Delta checkpoint that describe the table. Used by one
 * thread.
 */
public final class ParquetStrings {
  private static final int SLACK = 1_024;

  private final FileContent content;
  private final ReadLimits limits;
  private final FileMetaData metadata;
  private final SchemaNode root;

  private long left = StringPages.MOST_BYTES;

  private ParquetStrings(
      FileContent content, ReadLimits limits, FileMetaData metadata, SchemaNode root) {
    this.content = content;
    this.limits = limits;
    this.metadata = metadata;
    this.root = root;
  }

  /**
   * {@return the columns of an open file}
   *
   * @param content the file; it stays open while columns are read
   * @param limits on the footer and on each column
   * @throws IOException if the file can't be read
   * @throws Defect if its footer is damaged
   */
  public static ParquetStrings of(FileContent content, ReadLimits limits)
      throws IOException, Defect {
    FooterBytes footer = FooterBytes.of(content, limits);
    FileMetaData metadata;
    try {
      metadata = Util.readFileMetaData(footer.stream(), false, null, null, footer.length() + SLACK);
    } catch (IOException | RuntimeException damaged) { // the parser has many words for it
      throw new Defect("its footer is damaged");
    }
    if (!metadata.isSetSchema() || !metadata.isSetRow_groups()) {
      throw new Defect("it has no schema");
    }
    return new ParquetStrings(
        content, limits, metadata, SchemaNode.tree(metadata.getSchema(), limits));
  }

  /**
   * {@return the texts of the first column whose path begins as given, in the file's order}
   *
   * @param path names from the row downwards
   * @throws IOException if the file can't be read
   * @throws Defect if the column is damaged, or written in a way that isn't read here
   */
  public List<String> below(String... path) throws IOException, Defect {
    return column(List.of(path), "");
  }

  /**
   * {@return the texts of the column whose path begins and ends as given}
   *
   * @param path names from the row downwards
   * @param last the column's own name, such as {@code key} in a map; empty for any
   * @throws IOException if the file can't be read
   * @throws Defect if the column is damaged, or written in a way that isn't read here
   */
  public List<String> column(List<String> path, String last) throws IOException, Defect {
    List<String> texts = new ArrayList<>();
    for (RowGroup group : metadata.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnMetaData column = chunk.getMeta_data();
        if (column != null && matches(column.getPath_in_schema(), path, last)) {
          texts.addAll(read(column));
          if (texts.size() > StringPages.MOST_TEXTS) {
            throw new Defect("it has more than " + StringPages.MOST_TEXTS + " texts");
          }
          break;
        }
      }
    }
    return texts;
  }

  private static boolean matches(List<String> column, List<String> path, String last) {
    return column.size() >= path.size()
        && column.subList(0, path.size()).equals(path)
        && (last.isEmpty() || column.get(column.size() - 1).equals(last));
  }

  private List<String> read(ColumnMetaData column) throws IOException, Defect {
    if (column.getType() != Type.BYTE_ARRAY) {
      throw new Defect("a column that should hold texts doesn't");
    }
    long start = column.getData_page_offset();
    if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
      start = Math.min(start, column.getDictionary_page_offset());
    }
    long length = column.getTotal_compressed_size();
    if (length < 0 || start < 0 || start + length > content.size()) {
      throw new Defect("a column lies outside the file");
    }
    if (length > limits.footerBytes()) {
      throw FileFailures.tooLarge(
          content.path(), "A column", limits.footerBytes() / (1024 * 1024) + " MB");
    }
    int[] levels = levels(column.getPath_in_schema());
    StringPages pages =
        new StringPages(
            bytes(start, (int) length),
            column.getCodec(),
            levels[0],
            levels[1],
            content.path(),
            left);
    List<String> texts = pages.texts(column.getNum_values());
    left = pages.left();
    return texts;
  }

  /** How often a column's path is repeated, and how often it may be absent or repeated. */
  private int[] levels(List<String> path) throws Defect {
    int repeated = 0;
    int defined = 0;
    SchemaNode node = root;
    for (String name : path) {
      node =
          node.children().stream()
              .filter(child -> child.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new Defect("a column isn't in its schema"));
      repeated += node.isRepeated() ? 1 : 0;
      defined += node.isRepeated() || node.isOptional() ? 1 : 0;
    }
    return new int[] {repeated, defined};
  }

  private byte[] bytes(long start, int length) throws IOException, Defect {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (content.read(start + bytes.position(), bytes) < 0) {
        throw new Defect("it became shorter while it was read");
      }
    }
    return bytes.array();
  }
}

package dev.connections.filesystem.internal.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Writes small Parquet files for tests: a schema and a number of rows, without data. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /** A file of one required column of each given name. */
  public static byte[] ofColumns(long rows, Type type, String... names) {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(root(names.length));
    for (String name : names) {
      elements.add(column(name, type));
    }
    return file(rows, elements);
  }

  static SchemaElement root(int children) {
    return new SchemaElement("schema").setNum_children(children);
  }

  static SchemaElement column(String name, Type type) {
    return new SchemaElement(name).setType(type).setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  static SchemaElement group(String name, FieldRepetitionType repetition, int children) {
    return new SchemaElement(name).setRepetition_type(repetition).setNum_children(children);
  }

  static SchemaElement fixed(String name, int length) {
    return column(name, Type.FIXED_LEN_BYTE_ARRAY).setType_length(length);
  }

  static SchemaElement converted(String name, Type type, ConvertedType converted) {
    return column(name, type).setConverted_type(converted);
  }

  static SchemaElement logical(SchemaElement element, LogicalType logical) {
    return element.setLogicalType(logical);
  }

  static byte[] file(long rows, SchemaElement... elements) {
    return file(rows, Arrays.asList(elements));
  }

  static byte[] file(long rows, List<SchemaElement> elements) {
    return file(new FileMetaData(1, elements, rows, List.of()), "PAR1");
  }

  static byte[] file(FileMetaData metadata, String magic) {
    try {
      ByteArrayOutputStream footer = new ByteArrayOutputStream();
      Util.writeFileMetaData(metadata, footer);
      return around(footer.toByteArray(), footer.size(), magic);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] around(byte[] footer, int claimedLength, String magic) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(footer);
    file.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(claimedLength).array());
    file.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }
}

package dev.connections.filesystem.internal.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes the checkpoints of Delta tables for tests: a group {@code metaData} that is absent from
 * all rows but one, with the table's schema in it.
 */
public final class CheckpointFiles {
  private final List<String> texts;
  private final int rows;
  private CompressionCodec codec = CompressionCodec.UNCOMPRESSED;
  private Optional<CompressionCodec> named = Optional.empty();
  private boolean dictionary;
  private boolean secondVersion;

  private CheckpointFiles(int rows, List<String> texts) {
    this.rows = rows;
    this.texts = texts;
  }

  /** A checkpoint of so many rows, of which the last ones have a schema. */
  public static CheckpointFiles of(int rows, String... schemas) {
    return new CheckpointFiles(rows, List.of(schemas));
  }

  public CheckpointFiles compressed(CompressionCodec kind) {
    codec = kind;
    return this;
  }

  /** Says that it is compressed in a way it isn't. */
  public CheckpointFiles named(CompressionCodec kind) {
    named = Optional.of(kind);
    return this;
  }

  public CheckpointFiles withDictionary() {
    dictionary = true;
    return this;
  }

  public CheckpointFiles ofSecondVersion() {
    secondVersion = true;
    return this;
  }

  public byte[] build() {
    try {
      return written();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] written() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    ColumnMetaData column =
        new ColumnMetaData(
            Type.BYTE_ARRAY,
            List.of(Encoding.PLAIN),
            List.of("metaData", "schemaString"),
            named.orElse(codec),
            rows,
            0,
            0,
            4);
    if (dictionary) {
      column.setDictionary_page_offset(file.size());
      byte[] page = plain();
      byte[] packed = compressed(page);
      PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, page.length, packed.length);
      header.setDictionary_page_header(new DictionaryPageHeader(texts.size(), Encoding.PLAIN));
      Util.writePageHeader(header, file);
      file.writeBytes(packed);
      column.setData_page_offset(file.size());
    }
    if (secondVersion) {
      writeSecondVersion(file);
    } else {
      writeFirstVersion(file);
    }
    column.setTotal_compressed_size(file.size() - 4L);
    column.setTotal_uncompressed_size(file.size() - 4L);
    ColumnChunk chunk = new ColumnChunk(4).setMeta_data(column);
    List<SchemaElement> schema =
        List.of(
            ParquetFiles.root(1),
            ParquetFiles.group("metaData", FieldRepetitionType.OPTIONAL, 1),
            new SchemaElement("schemaString")
                .setType(Type.BYTE_ARRAY)
                .setRepetition_type(FieldRepetitionType.OPTIONAL));
    FileMetaData metadata =
        new FileMetaData(1, schema, rows, List.of(new RowGroup(List.of(chunk), file.size(), rows)));
    int start = file.size();
    Util.writeFileMetaData(metadata, file);
    file.writeBytes(number(file.size() - start));
    file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private void writeFirstVersion(ByteArrayOutputStream file) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    byte[] levels = levels();
    page.writeBytes(number(levels.length));
    page.writeBytes(levels);
    page.writeBytes(values());
    byte[] packed = compressed(page.toByteArray());
    PageHeader header = new PageHeader(PageType.DATA_PAGE, page.size(), packed.length);
    header.setData_page_header(new DataPageHeader(rows, encoding(), Encoding.RLE, Encoding.RLE));
    Util.writePageHeader(header, file);
    file.writeBytes(packed);
  }

  private void writeSecondVersion(ByteArrayOutputStream file) throws IOException {
    byte[] levels = levels();
    byte[] values = values();
    byte[] packed = compressed(values);
    PageHeader header =
        new PageHeader(
            PageType.DATA_PAGE_V2, levels.length + values.length, levels.length + packed.length);
    header.setData_page_header_v2(
        new DataPageHeaderV2(rows, rows - texts.size(), rows, encoding(), levels.length, 0));
    Util.writePageHeader(header, file);
    file.writeBytes(levels);
    file.writeBytes(packed);
  }

  private Encoding encoding() {
    return dictionary ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
  }

  /** Absent in the first rows, as a run; present in the last ones, packed. */
  private byte[] levels() {
    ByteArrayOutputStream levels = new ByteArrayOutputStream();
    int absent = rows - texts.size();
    if (absent > 0) {
      varint(levels, absent << 1);
      levels.write(0);
    }
    int groups = (texts.size() + 7) / 8;
    varint(levels, groups << 1 | 1);
    for (int group = 0; group < groups; group++) {
      levels.writeBytes(new byte[] {(byte) 0b10101010, (byte) 0b10101010});
    }
    return levels.toByteArray();
  }

  private byte[] values() {
    if (!dictionary) {
      return plain();
    }
    ByteArrayOutputStream indices = new ByteArrayOutputStream();
    indices.write(8);
    for (int i = 0; i < texts.size(); i++) {
      varint(indices, 1 << 1);
      indices.write(i);
    }
    return indices.toByteArray();
  }

  private byte[] plain() {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      page.writeBytes(number(bytes.length));
      page.writeBytes(bytes);
    }
    return page.toByteArray();
  }

  private byte[] compressed(byte[] page) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (codec) {
      case UNCOMPRESSED -> out.writeBytes(page);
      case GZIP -> {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(page);
        }
      }
      case SNAPPY -> {
        byte[] packed = new byte[page.length * 2 + 64];
        int length =
            new io.airlift.compress.snappy.SnappyCompressor()
                .compress(page, 0, page.length, packed, 0, packed.length);
        out.write(packed, 0, length);
      }
      default -> throw new IllegalArgumentException(String.valueOf(codec));
    }
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}

package dev.connections.filesystem.internal.adapter;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.filesystem.internal.avro.AvroFiles;
import dev.connections.filesystem.internal.parquet.ParquetFiles;
import dev.connections.testkit.TestAdapterContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.Type;

/** Directories of files, and adapters for them. */
final class FilesFixture {
  private FilesFixture() {}

  static final String AVRO_RECORD =
      """
      {"type":"record","name":"Event","doc":"What happened.","fields":[
        {"name":"id","type":"long","doc":"Its number."},
        {"name":"text","type":["null","string"]}]}
      """;

  /** A directory with a file of each format, a directory below it and a partitioned table. */
  static Path samples(Path directory) throws IOException {
    write(directory, "customers.csv", "id,name,joined\n1,Ada,2024-01-31\n2,Grace,2024-02-01\n");
    write(directory, "orders.tsv", "id\tamount\n1\t2.50\n2\t3.75\n");
    write(directory, "settings.json", "{\"theme\": \"dark\", \"size\": 3}");
    write(directory, "sales/events.ndjson", "{\"id\": 1, \"at\": \"x\"}\n{\"id\": 2}\n");
    write(directory, "sales/events.avro", AvroFiles.of(AVRO_RECORD));
    write(directory, "sales/items.parquet", ParquetFiles.ofColumns(42, Type.INT64, "id", "price"));
    write(directory, "sales/old/archive.csv.gz", gzip("a,b\n1,x\n2,y\n"));
    for (String month : new String[] {"01", "02", "03"}) {
      write(
          directory,
          "clicks/year=2024/month=" + month + "/part.parquet",
          ParquetFiles.ofColumns(10, Type.INT32, "page", "count"));
    }
    write(directory, "_staging/half.csv", "a,b\n1");
    write(directory, ".hidden.csv", "a,b\n1,2\n");
    write(directory, "notes.txt", "not a table");
    return directory;
  }

  static void write(Path directory, String path, String text) throws IOException {
    write(directory, path, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(Path directory, String path, byte[] bytes) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static ConfigurationValues values(Path directory) {
    return ConfigurationValues.empty().with("base_path", directory.toString());
  }

  static ConnectionAdapter open(ConfigurationValues values) {
    return new FilesProvider().open(FileFields.SPEC.bind(values), TestAdapterContext.create());
  }
}

package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.JsonText;
import java.util.List;

/** Makes tables as the workspace lists them: the same ones for the same numbers. */
public final class TableGenerator {
  /** Name of the type, its text and its JSON. */
  private static final List<String[]> TYPES =
      List.of(
          new String[] {"LONG", "bigint", "\"long\""},
          new String[] {"STRING", "string", "\"string\""},
          new String[] {"DECIMAL", "decimal(18,2)", "\"decimal(18,2)\""},
          new String[] {"TIMESTAMP", "timestamp", "\"timestamp\""},
          new String[] {"DATE", "date", "\"date\""},
          new String[] {"BOOLEAN", "boolean", "\"boolean\""},
          new String[] {"DOUBLE", "double", "\"double\""},
          new String[] {
            "ARRAY",
            "array<string>",
            "{\"type\":\"array\",\"elementType\":\"string\",\"containsNull\":true}"
          },
          new String[] {
            "STRUCT",
            "struct<a:int,b c:string>",
            "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":\"integer\",\"nullable\":true,"
                + "\"metadata\":{}},{\"name\":\"b c\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}"
          },
          new String[] {"VARIANT", "variant", "\"variant\""});

  private TableGenerator() {}

  /** Spreads tables over the schemas {@code schema_000}, … of a catalog. */
  public static void into(
      Lakehouse lakehouse, String catalog, int tables, int schemas, int columns) {
    for (int i = 0; i < tables; i++) {
      int number = i;
      String schema = String.format("schema_%03d", i % schemas);
      String name = String.format("table_%05d", i);
      lakehouse.object(
          "tables", catalog, schema, name, () -> table(catalog, schema, name, number, columns));
    }
  }

  private static String table(String catalog, String schema, String name, int number, int columns) {
    StringBuilder json = new StringBuilder(400 + columns * 300);
    json.append(
        "{\"name\":\"%s\",\"catalog_name\":\"%s\",\"schema_name\":\"%s\",\"table_type\":\"MANAGED\",\"data_source_format\":\"DELTA\",\"columns\":["
            .formatted(name, catalog, schema));
    for (int i = 0; i < columns; i++) {
      json.append(i == 0 ? "" : ",");
      column(json, "column_" + i, TYPES.get((i + number) % TYPES.size()), i);
    }
    return json.append(
            "],\"storage_location\":\"s3://bucket/%s/%s/%s\",\"owner\":\"owner@example.com\",\"comment\":\"Table %d\",\"properties\":{\"clusteringColumns\":\"[[\\\"column_0\\\"]]\",\"spark.sql.statistics.numRows\":\"%d\",\"spark.sql.statistics.totalSize\":\"%d\"},\"created_at\":1721241605595,\"updated_at\":1721241605595,\"table_id\":\"%08d-0000-0000-0000-000000000000\",\"metastore_id\":\"simulated-metastore\"}"
                .formatted(catalog, schema, name, number, number, number * 100L, number))
        .toString();
  }

  private static void column(StringBuilder json, String name, String[] type, int position) {
    String typeJson =
        "{\"name\":\""
            + name
            + "\",\"type\":"
            + type[2]
            + ",\"nullable\":"
            + (position > 0)
            + ",\"metadata\":{}}";
    json.append("{\"name\":\"")
        .append(name)
        .append("\",\"type_text\":\"")
        .append(type[1])
        .append("\",\"type_json\":")
        .append(JsonText.quoted(typeJson))
        .append(",\"type_name\":\"")
        .append(type[0])
        .append("\",\"position\":")
        .append(position)
        .append(",\"comment\":\"Column ")
        .append(position)
        .append("\",\"nullable\":")
        .append(position > 0)
        .append('}');
  }
}

package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How statements and their rows are spelled in answers. */
final class StatementAnswers {
  private StatementAnswers() {}

  /** How many bytes rows are within an answer, about. */
  static long size(Rows rows) {
    long size = 0;
    for (List<@Nullable String> row : rows.rows()) {
      size += size(row);
    }
    return size;
  }

  private static long size(List<@Nullable String> row) {
    long size = 2;
    for (String value : row) {
      size += 3 + (value == null ? 2 : value.length());
    }
    return size;
  }

  /** What a statement is now, and its first rows once it is done. */
  static Answer state(SubmittedStatement statement, int rowsOfChunk) {
    String state = statement.state();
    StringBuilder json =
        new StringBuilder("{\"statement_id\":\"" + statement.id() + "\",\"status\":{");
    json.append("\"state\":\"").append(state).append('"');
    StatementRefused refused = statement.refused();
    if (state.equals("FAILED") && refused != null) {
      json.append(",\"sql_state\":").append(JsonText.quoted(refused.state()));
      json.append(",\"error\":")
          .append(
              Json.object(
                  "error_code", "BAD_REQUEST", "message", String.valueOf(refused.getMessage())));
    }
    json.append('}');
    if (state.equals("SUCCEEDED")) {
      json.append(",\"manifest\":").append(manifest(statement, rowsOfChunk));
      json.append(",\"result\":").append(chunk(statement, 0, rowsOfChunk));
    }
    return Answer.json(200, json.append('}').toString());
  }

  /** How many rows fit into the statement's limit. */
  private static int fitting(SubmittedStatement statement) {
    long left = statement.limit();
    int fitting = 0;
    for (List<@Nullable String> row : statement.rows().rows()) {
      left -= size(row);
      if (left < 0) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  private static String manifest(SubmittedStatement statement, int chunk) {
    List<String> names = statement.rows().columns();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(
          "{\"name\":%s,\"type_text\":\"STRING\",\"type_name\":\"STRING\",\"position\":%d}"
              .formatted(JsonText.quoted(names.get(i)), i));
    }
    int rows = fitting(statement);
    boolean truncated = rows < statement.rows().rows().size();
    return "{\"format\":\"JSON_ARRAY\",\"schema\":{\"column_count\":"
        + names.size()
        + ",\"columns\":["
        + String.join(",", columns)
        + "]},\"total_chunk_count\":"
        + Math.max(1, (rows + chunk - 1) / chunk)
        + ",\"total_row_count\":"
        + rows
        + ",\"truncated\":"
        + truncated
        + "}";
  }

  /** Some rows of a statement. */
  static String chunk(SubmittedStatement statement, int index, int chunk) {
    int end = Math.min(fitting(statement), (index + 1) * chunk);
    int begin = Math.min(index * chunk, end);
    StringBuilder json = new StringBuilder("{\"chunk_index\":" + index);
    json.append(",\"row_offset\":").append(begin).append(",\"row_count\":").append(end - begin);
    if (end < fitting(statement)) {
      json.append(",\"next_chunk_index\":").append(index + 1);
    }
    json.append(",\"data_array\":[");
    for (int i = begin; i < end; i++) {
      json.append(i == begin ? "[" : ",[");
      String separator = "";
      for (String value : statement.rows().rows().get(i)) {
        json.append(separator).append(value == null ? "null" : JsonText.quoted(value));
        separator = ",";
      }
      json.append(']');
    }
    return json.append("]}").toString();
  }
}

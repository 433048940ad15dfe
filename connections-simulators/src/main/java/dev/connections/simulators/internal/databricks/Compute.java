package dev.connections.simulators.internal.databricks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import dev.connections.simulators.internal.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** SQL warehouses, clusters, and the statements that a warehouse answers by a script. */
public final class Compute {
  /** What a statement is answered with: the names of its columns, and its rows. */
  public record Result(List<String> columns, List<List<String>> rows) {}

  private static final String WAREHOUSES = "/api/2.0/sql/warehouses/";
  private static final String STATEMENTS = "/api/2.0/sql/statements";
  private static final String CLUSTER = "/api/2.1/clusters/get";

  private final Map<String, String> warehouses = new ConcurrentHashMap<>();
  private final Map<String, String> clusters = new ConcurrentHashMap<>();
  private final Map<String, Result> script = new ConcurrentHashMap<>();

  /** Adds a warehouse or changes its state. */
  public void warehouse(String id, String state) {
    warehouses.put(id, state);
  }

  /** Adds a cluster or changes its state. */
  public void cluster(String id, String state) {
    clusters.put(id, state);
  }

  /** Answers statements that hold a text. */
  public void statement(String containing, Result result) {
    script.put(containing, result);
  }

  Optional<Answer> answer(Incoming request) {
    String path = request.path();
    if (request.is("GET") && path.startsWith(WAREHOUSES)) {
      return Optional.of(warehouse(path.substring(WAREHOUSES.length())));
    }
    if (request.is("GET") && path.equals(CLUSTER)) {
      return Optional.of(cluster(request.parameter("cluster_id").orElse("")));
    }
    if (request.is("POST") && (path.equals(STATEMENTS) || path.equals(STATEMENTS + "/"))) {
      return Optional.of(statement(fields(request.text())));
    }
    return Optional.empty();
  }

  private Answer warehouse(String id) {
    String state = warehouses.get(id);
    return state == null
        ? Json.refusal(404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + id + " does not exist.")
        : Answer.json(
            200,
            Json.object(
                "id",
                id,
                "name",
                "Simulated",
                "state",
                state,
                "warehouse_type",
                "PRO",
                "cluster_size",
                "Small"));
  }

  private Answer cluster(String id) {
    String state = clusters.get(id);
    return state == null
        ? Json.refusal(400, "INVALID_PARAMETER_VALUE", "Cluster " + id + " does not exist")
        : Answer.json(
            200,
            Json.object(
                "cluster_id",
                id,
                "cluster_name",
                "Simulated",
                "state",
                state,
                "spark_version",
                "16.4.x-scala2.12"));
  }

  private Answer statement(Map<String, String> asked) {
    String warehouse = asked.getOrDefault("warehouse_id", "");
    if (!warehouses.containsKey(warehouse)) {
      return warehouse(warehouse);
    }
    String text = asked.getOrDefault("statement", "");
    warehouses.put(warehouse, "RUNNING");
    return script.entrySet().stream()
        .filter(entry -> text.contains(entry.getKey()))
        .findFirst()
        .map(entry -> succeeded(entry.getValue()))
        .orElseGet(
            () ->
                Answer.json(
                    200,
                    "{\"statement_id\":\"1\",\"status\":{\"state\":\"FAILED\",\"sql_state\":\"42601\","
                        + "\"error\":{\"error_code\":\"BAD_REQUEST\",\"message\":\"[PARSE_SYNTAX_ERROR]\"}}}"));
  }

  private static Answer succeeded(Result result) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      columns.add(
          "{\"name\":%s,\"type_text\":\"STRING\",\"type_name\":\"STRING\",\"position\":%d}"
              .formatted(JsonText.quoted(result.columns().get(i)), i));
    }
    return Answer.json(
        200,
        "{\"statement_id\":\"1\",\"status\":{\"state\":\"SUCCEEDED\"},\"manifest\":{\"format\":"
            + "\"JSON_ARRAY\",\"schema\":{\"column_count\":"
            + columns.size()
            + ",\"columns\":["
            + String.join(",", columns)
            + "]},\"total_row_count\":"
            + result.rows().size()
            + ",\"truncated\":false},\"result\":{\"row_count\":"
            + result.rows().size()
            + ",\"data_array\":"
            + rows(result)
            + "}}");
  }

  private static String rows(Result result) {
    return result.rows().stream()
        .map(row -> row.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Map<String, String> fields(String body) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getValueAsString(""));
        json.skipChildren();
      }
    } catch (IOException e) {
      return Map.of();
    }
    return fields;
  }
}

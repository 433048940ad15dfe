package dev.connections.simulators.internal.servicenow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads files that hold answers of the Table API: {@code {"result":[…]}}, one file per table. */
final class JsonRows {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<Map<String, String>> rows = new ArrayList<>();

  private JsonRows() {}

  /** Loads each file {@code <table>.json} of a folder that holds rows. */
  static void load(Path folder, Instance into) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        JsonRows read = new JsonRows();
        if (read.read(file)) {
          into.put(read.table(name.substring(0, name.length() - ".json".length())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean read(Path file) throws IOException {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      boolean rowsFollow =
          "result".equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_ARRAY;
      while (rowsFollow && json.nextToken() == JsonToken.START_OBJECT) {
        rows.add(row(json));
      }
      return rowsFollow;
    }
  }

  private Map<String, String> row(JsonParser json) throws IOException {
    Map<String, String> row = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        row.put(name, reference(name, json));
      } else {
        columns.putIfAbsent(name, plain(name));
        row.put(name, json.getValueAsString(""));
      }
    }
    return row;
  }

  private String reference(String column, JsonParser json) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      parts.put(name, json.getValueAsString(""));
    }
    String path = parts.getOrDefault("link", "").replaceFirst(".*/table/", "");
    String target = path.split("[/?]", 2)[0];
    columns.put(
        column,
        path.contains("?name=")
            ? Column.referenceByName(column, target)
            : Column.reference(column, target));
    return parts.getOrDefault("value", "");
  }

  private static Column plain(String name) {
    return Dictionary.NUMBERS.contains(name) ? Column.number(name) : Column.text(name);
  }

  private TableData table(String name) {
    List<Column> all = List.copyOf(columns.values());
    List<String[]> filled = new ArrayList<>();
    for (Map<String, String> row : rows) {
      filled.add(
          all.stream().map(column -> row.getOrDefault(column.name(), "")).toArray(String[]::new));
    }
    return new TableData(name, all, filled);
  }
}

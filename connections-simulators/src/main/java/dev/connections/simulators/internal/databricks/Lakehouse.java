package dev.connections.simulators.internal.databricks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * What the metastore holds: objects as JSON, by kind, parent and name. Safe for several threads.
 */
public final class Lakehouse {
  private static final JsonFactory JSON = new JsonFactory();

  /** Kind and parent, such as {@code tables main.sales}, to the objects there by name. */
  private final Map<String, NavigableMap<String, Supplier<String>>> objects =
      new ConcurrentSkipListMap<>();

  private final Set<String> browseOnly = ConcurrentHashMap.newKeySet();

  /** Adds a catalog, or leaves the one that is there. */
  public void catalog(String name) {
    putIfAbsent(
        "catalogs",
        "",
        name,
        () -> Json.object("name", name, "catalog_type", "MANAGED_CATALOG", "owner", "admins"));
  }

  /** Adds a schema, or leaves the one that is there. */
  public void schema(String catalog, String name) {
    catalog(catalog);
    putIfAbsent(
        "schemas",
        catalog,
        name,
        () ->
            Json.object(
                "name",
                name,
                "catalog_name",
                catalog,
                "full_name",
                catalog + "." + name,
                "owner",
                "admins",
                "comment",
                "Schema " + name));
  }

  /** Adds an object of a kind ({@code tables}, {@code volumes}, …) to a schema. */
  public void object(
      String kind, String catalog, String schema, String name, Supplier<String> json) {
    schema(catalog, schema);
    objects
        .computeIfAbsent(kind + " " + catalog + "." + schema, none -> new ConcurrentSkipListMap<>())
        .put(name, json);
  }

  /** Adds an external location. */
  public void location(String name, String url) {
    putIfAbsent("external_locations", "", name, () -> Json.object("name", name, "url", url));
  }

  /** Shows a table to those alone who ask with {@code include_browse}. */
  public void browseOnly(String fullName) {
    browseOnly.add(fullName);
  }

  /** Removes a table. */
  public void drop(String catalog, String schema, String table) {
    within("tables", catalog + "." + schema).remove(table);
  }

  private void putIfAbsent(String kind, String parent, String name, Supplier<String> json) {
    objects
        .computeIfAbsent((kind + " " + parent).trim(), none -> new ConcurrentSkipListMap<>())
        .putIfAbsent(name, json);
  }

  NavigableMap<String, Supplier<String>> within(String kind, String parent) {
    return objects.getOrDefault((kind + " " + parent).trim(), new TreeMap<>());
  }

  boolean has(String kind, String parent, String name) {
    return within(kind, parent).containsKey(name);
  }

  boolean isBrowseOnly(String fullName) {
    return browseOnly.contains(fullName);
  }

  Optional<String> find(String kind, String parent, String name) {
    return Optional.ofNullable(within(kind, parent).get(name)).map(Supplier::get);
  }

  /** Loads {@code {"tables":[…]}} as the workspace answers it. */
  public void load(Path file) {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String kind = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            loaded(kind, text(json));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonParser json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(text)) {
      copy.copyCurrentStructure(json);
    }
    return text.toString();
  }

  private void loaded(String kind, String text) throws IOException {
    Map<String, String> top = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        top.put(name, json.getValueAsString(""));
        json.skipChildren();
      }
    }
    object(
        kind,
        top.getOrDefault("catalog_name", "main"),
        top.getOrDefault("schema_name", "default"),
        top.getOrDefault("name", ""),
        () -> text);
  }
}

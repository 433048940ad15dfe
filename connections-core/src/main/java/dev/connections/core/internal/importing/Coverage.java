package dev.connections.core.internal.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJsonReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the imports that made a snapshot looked at: so a table that they never looked for isn't
 * called new.
 *
 * @param scopes what was wanted, the latest last; of two that want the same the later one
 * @param unlisted schemas that couldn't be listed to their end, so that they may hold more tables
 */
record Coverage(List<ImportOptions> scopes, Set<SchemaName> unlisted) {
  static final Coverage NONE = new Coverage(List.of(), Set.of());

  /** A host that imports now this, now that, has a few of them. */
  private static final int MOST_SCOPES = 20;

  private static final int MOST_SCHEMAS = 10_000;
  private static final String SCOPES = "scopes";
  private static final String UNLISTED = "unlisted";

  /** The coverage after one more import. */
  Coverage with(ImportOptions options, List<SchemaListing> listings) {
    List<ImportOptions> all = new ArrayList<>(scopes);
    all.remove(options);
    all.add(options);
    Set<SchemaName> open = new LinkedHashSet<>(unlisted);
    for (SchemaListing listing : listings) {
      if (listing.complete()) {
        open.remove(listing.schema());
      } else if (open.size() < MOST_SCHEMAS) {
        open.add(listing.schema());
      }
    }
    return new Coverage(all.subList(Math.max(0, all.size() - MOST_SCOPES), all.size()), open);
  }

  /** Tells of a table whether it would have been read, had it been there. */
  Looked looked() {
    List<TableFilter> filters = scopes.stream().map(TableFilter::new).toList();
    return table ->
        !unlisted.contains(table.name().schema())
            && filters.stream().anyMatch(filter -> filter.exclusion(table).isEmpty());
  }

  /** Whether a table was looked for. */
  interface Looked {
    boolean at(TableInfo table);
  }

  String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ArrayNode options = root.putArray(SCOPES);
    scopes.forEach(scope -> options.add(scope.toJson()));
    ArrayNode names = root.putArray(UNLISTED);
    for (SchemaName schema : unlisted) {
      ObjectNode name = names.addObject();
      schema.catalog().ifPresent(catalog -> name.put("catalog", Json.whole(catalog)));
      name.put("schema", Json.whole(schema.schema()));
    }
    return root.toString();
  }

  /** What can't be read any more covers nothing: then nothing is called new, once. */
  static Coverage parse(String json) {
    try {
      JsonNode root = Json.MAPPER.readTree(json);
      List<ImportOptions> scopes = new ArrayList<>();
      for (String scope : TableJsonReader.list(root, SCOPES, JsonNode::asText)) {
        read(scope).ifPresent(scopes::add);
      }
      return new Coverage(
          scopes,
          new LinkedHashSet<>(TableJsonReader.list(root, UNLISTED, TableJsonReader::schema)));
    } catch (JsonProcessingException | IllegalArgumentException foreign) {
      return NONE;
    }
  }

  private static Optional<ImportOptions> read(String scope) {
    try {
      return Optional.of(ImportOptions.fromJson(scope));
    } catch (ConnectionException foreign) {
      return Optional.empty();
    }
  }
}

package dev.connections.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import java.util.Collection;
import java.util.Optional;

/** A table's name as one text: a JSON array of its parts, so that no two names have one text. */
final class TableKey {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TableKey() {}

  static String of(TableName name) {
    ArrayNode parts = JSON.createArrayNode();
    name.schema().catalog().ifPresentOrElse(parts::add, parts::addNull);
    return parts.add(name.schema().schema()).add(name.table()).toString();
  }

  /** The texts of several names, as a JSON array. */
  static String all(Collection<TableName> names) {
    ArrayNode keys = JSON.createArrayNode();
    names.forEach(name -> keys.add(of(name)));
    return keys.toString();
  }

  static TableName parse(String key) {
    try {
      JsonNode parts = JSON.readTree(key);
      if (parts.isArray() && parts.size() == 3 && parts.get(2).isTextual()) {
        Optional<String> catalog = Optional.ofNullable(parts.get(0).textValue());
        return new SchemaName(catalog, parts.get(1).asText()).table(parts.get(2).textValue());
      }
    } catch (JsonProcessingException altered) {
      throw StoreStates.damaged();
    }
    throw StoreStates.damaged();
  }
}

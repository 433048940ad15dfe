package dev.connections.core.importing;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.SchemaName;
import dev.connections.api.TableKind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** The names of the stored import settings, and how they are written. */
final class ImportOptionsJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static final String VERSION = "version";
  static final String SCHEMAS = "schemas";
  static final String TABLES = "tables";
  static final String LAYER = "layer";
  static final String ENTITY_TYPE = "entity_type";
  static final String IMPORT_RELATIONSHIPS = "import_relationships";
  static final String ENHANCE = "enhance";
  static final String INCLUDE = "include";
  static final String EXCLUDE = "exclude";
  static final String KINDS = "kinds";
  static final String SECTIONS = "sections";

  static final String CATALOG = "catalog";
  static final String SCHEMA = "schema";
  static final String TABLE = "table";

  static final List<String> MEMBERS =
      List.of(
          VERSION,
          SCHEMAS,
          TABLES,
          LAYER,
          ENTITY_TYPE,
          IMPORT_RELATIONSHIPS,
          ENHANCE,
          INCLUDE,
          EXCLUDE,
          KINDS,
          SECTIONS);

  private ImportOptionsJson() {}

  static String write(ImportOptions options) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put(VERSION, ImportOptions.VERSION);
    list(root, SCHEMAS, options.schemas(), ImportOptionsJson::schema);
    list(
        root,
        TABLES,
        options.tables(),
        (list, name) -> {
          ObjectNode table = list.addObject();
          name.schema().catalog().ifPresent(catalog -> table.put(CATALOG, catalog));
          table.put(SCHEMA, name.schema().schema()).put(TABLE, name.table());
        });
    root.put(LAYER, spelled(options.layer()));
    root.put(ENTITY_TYPE, spelled(options.entityType()));
    root.put(IMPORT_RELATIONSHIPS, options.importRelationships());
    root.put(ENHANCE, options.enhance());
    list(root, INCLUDE, options.include(), ImportOptionsJson::pattern);
    list(root, EXCLUDE, options.exclude(), ImportOptionsJson::pattern);
    list(root, KINDS, options.kinds().stream().map(TableKind::id).toList(), ArrayNode::add);
    list(
        root,
        SECTIONS,
        options.sections().stream().map(ImportOptionsJson::spelled).toList(),
        ArrayNode::add);
    return root.toString();
  }

  /** {@return an enumeration's value as it is stored} */
  static String spelled(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <T> void list(
      ObjectNode root, String member, Collection<T> items, BiConsumer<ArrayNode, T> writer) {
    ArrayNode list = root.putArray(member);
    items.forEach(item -> writer.accept(list, item));
  }

  /** A schema without a catalog is its name alone, as settings have always stored it. */
  private static void schema(ArrayNode list, SchemaName name) {
    name.catalog()
        .ifPresentOrElse(
            catalog -> list.addObject().put(CATALOG, catalog).put(SCHEMA, name.schema()),
            () -> list.add(name.schema()));
  }

  private static void pattern(ArrayNode list, TablePattern pattern) {
    ObjectNode node = list.addObject();
    if (!pattern.catalog().equals(TablePattern.ANY)) {
      node.put(CATALOG, pattern.catalog());
    }
    node.put(SCHEMA, pattern.schema()).put(TABLE, pattern.table());
  }
}

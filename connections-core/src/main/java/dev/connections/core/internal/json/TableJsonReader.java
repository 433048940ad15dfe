package dev.connections.core.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connections.api.Category;
import dev.connections.api.ChangeMarker;
import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ErrorCode;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.MetadataExtension;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Page;
import dev.connections.api.Partitioning;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.core.targets.StoredCode;
import dev.connections.core.targets.StoredExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a table as {@link TableJson} wrote it. Whatever doesn't fit is an {@link
 * IllegalArgumentException}, which says which field it was and never what stood in it.
 */
public final class TableJsonReader {
  private TableJsonReader() {}

  /**
   * {@return a table}
   *
   * @param bytes as {@link TableJson} wrote it
   * @throws IOException if it is no JSON
   */
  public static TableMetadata table(byte[] bytes) throws IOException {
    return table(Json.MAPPER.readTree(bytes));
  }

  /**
   * {@return a table}
   *
   * @param json as {@link TableJson} wrote it
   */
  public static TableMetadata table(JsonNode json) {
    return new TableMetadata(
        info(json),
        sections(json),
        list(json, "columns", TableJsonReader::column),
        part(json, "primaryKey").map(TableJsonReader::key),
        list(json, "uniqueKeys", TableJsonReader::key),
        list(json, "foreignKeys", TableJsonReader::foreignKey),
        list(json, "indexes", TableJsonReader::index),
        list(json, "checks", TableJsonReader::check),
        part(json, "partitioning").map(TableJsonReader::partitioning),
        text(json, "definition"),
        properties(json),
        list(json, "extensions", TableJsonReader::extension),
        part(json, "rowCount").map(TableJsonReader::rowCount),
        number(json, "sizeInBytes"),
        list(json, "notices", TableJsonReader::notice));
  }

  /**
   * {@return a page of a listing}
   *
   * @param json as {@link TableJson#page} wrote it
   */
  public static Page<TableInfo> page(JsonNode json) {
    return new Page<>(
        list(json, "tables", TableJsonReader::info),
        text(json, "next"),
        number(json, "total"),
        list(json, "notices", TableJsonReader::notice));
  }

  private static TableInfo info(JsonNode json) {
    return new TableInfo(
        name(needed(json, "name")),
        new TableKind(neededText(json, "kind")),
        text(json, "description"),
        text(json, "changeMarker").map(ChangeMarker::new),
        number(json, "listedColumns"),
        number(json, "listedRows"));
  }

  private static Set<Section> sections(JsonNode json) {
    return new LinkedHashSet<>(
        list(json, "loaded", word -> word(Section.class, word.asText(), "loaded")));
  }

  /**
   * {@return the name of a table}
   *
   * @param json its parts
   */
  public static TableName name(JsonNode json) {
    return schema(json).table(neededText(json, "table"));
  }

  /**
   * {@return the name of a schema}
   *
   * @param json its parts
   */
  public static SchemaName schema(JsonNode json) {
    return new SchemaName(text(json, "catalog"), neededText(json, "schema"));
  }

  private static Column column(JsonNode json) {
    return new Column(
        neededText(json, "name"),
        type(needed(json, "type")),
        flag(json, "nullable"),
        text(json, "description"),
        text(json, "default"),
        text(json, "generated"),
        flag(json, "identity"),
        text(json, "collation"),
        list(json, "extensions", TableJsonReader::extension));
  }

  private static DataType type(JsonNode json) {
    return new DataType(
        word(TypeKind.class, neededText(json, "kind"), "kind"),
        neededText(json, "native"),
        small(json, "length"),
        small(json, "precision"),
        small(json, "scale"),
        list(json, "children", TableJsonReader::typeField));
  }

  private static TypeField typeField(JsonNode json) {
    return new TypeField(
        neededText(json, "name"),
        type(needed(json, "type")),
        flag(json, "nullable"),
        text(json, "description"));
  }

  private static KeyConstraint key(JsonNode json) {
    return new KeyConstraint(text(json, "name"), names(json, "columns"));
  }

  private static ForeignKey foreignKey(JsonNode json) {
    return new ForeignKey(
        text(json, "name"),
        names(json, "columns"),
        name(needed(json, "references")),
        names(json, "referencedColumns"),
        text(json, "onUpdate"),
        text(json, "onDelete"),
        flag(json, "enforced"));
  }

  private static Index index(JsonNode json) {
    return new Index(
        neededText(json, "name"),
        names(json, "columns"),
        names(json, "included"),
        flag(json, "unique"),
        text(json, "method"),
        text(json, "predicate"));
  }

  private static CheckConstraint check(JsonNode json) {
    return new CheckConstraint(text(json, "name"), neededText(json, "expression"));
  }

  private static Partitioning partitioning(JsonNode json) {
    return new Partitioning(
        neededText(json, "method"), names(json, "columns"), number(json, "partitions"));
  }

  private static RowCount rowCount(JsonNode json) {
    return new RowCount(
        number(json, "rows").orElseThrow(() -> missing("rows")), flag(json, "exact"));
  }

  private static Map<String, String> properties(JsonNode json) {
    Map<String, String> properties = new LinkedHashMap<>();
    part(json, "properties")
        .ifPresent(
            node ->
                node.properties()
                    .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText())));
    return properties;
  }

  private static MetadataExtension extension(JsonNode json) {
    Map<String, Object> values = new LinkedHashMap<>();
    needed(json, "values")
        .properties()
        .forEach(entry -> values.put(entry.getKey(), plain(entry.getValue())));
    return new StoredExtension(neededText(json, "id"), values);
  }

  private static Object plain(JsonNode json) {
    if (json.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      json.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (json.isArray()) {
      List<Object> items = new ArrayList<>(json.size());
      json.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    return json.isNumber() ? json.numberValue() : json.asText();
  }

  /**
   * {@return a notice}
   *
   * @param json its fields
   */
  public static Notice notice(JsonNode json) {
    return new Notice(
        code(json),
        scope(needed(json, "scope")),
        neededText(json, "message"),
        text(json, "remedy"),
        number(json, "hidden"));
  }

  /**
   * {@return an error code: one of the API where there is one of its id}
   *
   * @param json its fields
   */
  public static ErrorCode code(JsonNode json) {
    return resolved(
        neededText(json, "code"),
        word(Category.class, neededText(json, "category"), "category"),
        flag(json, "transient"));
  }

  /** The code of an id: one of the API's where there is one, else a stored one. */
  private static ErrorCode resolved(String id, Category category, boolean transientFailure) {
    for (ErrorCode code : StandardErrorCode.values()) {
      if (code.id().equals(id)) {
        return code;
      }
    }
    for (ErrorCode code : NoticeCode.values()) {
      if (code.id().equals(id)) {
        return code;
      }
    }
    return new StoredCode(id, category, transientFailure);
  }

  private static Notice.Scope scope(JsonNode json) {
    if (json.has("column")) {
      return new Notice.Scope.Column(name(json), neededText(json, "column"));
    }
    if (json.has("table")) {
      return new Notice.Scope.Table(name(json));
    }
    return json.has("schema") ? new Notice.Scope.Schema(schema(json)) : new Notice.Scope.Source();
  }

  private static List<String> names(JsonNode json, String field) {
    return list(json, field, JsonNode::asText);
  }

  /**
   * {@return the parts of a list}
   *
   * @param json an object
   * @param field the name of the list; an absent one is empty
   * @param part reads one
   * @param <T> what a part is
   */
  public static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> part) {
    List<T> items = new ArrayList<>();
    JsonNode node = json.get(field);
    if (node != null) {
      for (JsonNode item : node) { // plainly: types within types come back here, level by level
        items.add(part.apply(item));
      }
    }
    return items;
  }

  /**
   * {@return a field's content}
   *
   * @param json an object
   * @param field its name
   */
  public static Optional<JsonNode> part(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field));
  }

  /**
   * {@return a field's content}
   *
   * @param json an object
   * @param field its name
   */
  public static JsonNode needed(JsonNode json, String field) {
    return part(json, field).orElseThrow(() -> missing(field));
  }

  /**
   * {@return a field's text}
   *
   * @param json an object
   * @param field its name
   */
  public static Optional<String> text(JsonNode json, String field) {
    return part(json, field).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  /**
   * {@return a field's text}
   *
   * @param json an object
   * @param field its name
   */
  public static String neededText(JsonNode json, String field) {
    return text(json, field).orElseThrow(() -> missing(field));
  }

  private static boolean flag(JsonNode json, String field) {
    return part(json, field).map(JsonNode::booleanValue).orElse(false);
  }

  /**
   * {@return a field's whole number}
   *
   * @param json an object
   * @param field its name
   */
  public static OptionalLong number(JsonNode json, String field) {
    return part(json, field)
        .filter(JsonNode::isIntegralNumber)
        .map(node -> OptionalLong.of(node.longValue()))
        .orElse(OptionalLong.empty());
  }

  private static OptionalInt small(JsonNode json, String field) {
    OptionalLong number = number(json, field);
    return number.isPresent()
        ? OptionalInt.of(Math.toIntExact(number.getAsLong()))
        : OptionalInt.empty();
  }

  /**
   * {@return the word of an enumeration}
   *
   * @param words the enumeration
   * @param word its stored spelling
   * @param field what to tell if there is none
   * @param <E> the enumeration
   */
  public static <E extends Enum<E>> E word(Class<E> words, String word, String field) {
    for (E candidate : words.getEnumConstants()) {
      if (candidate.name().toLowerCase(Locale.ROOT).equals(word)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("an unknown word in the field '" + field + "'");
  }

  /**
   * {@return that a field is missing}
   *
   * @param field its name
   */
  public static IllegalArgumentException missing(String field) {
    return new IllegalArgumentException("no usable field '" + field + "'");
  }
}

package dev.connections.core.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ErrorCode;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.MetadataExtension;
import dev.connections.api.Notice;
import dev.connections.api.Page;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.core.targets.StoredExtension;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes a table as a snapshot has it; what is absent or empty is left out. */
public final class TableJson {
  private final JsonGenerator json;

  private TableJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * {@return a table as JSON in UTF-8, on one line}
   *
   * @param table its metadata
   * @throws IOException never, as nothing is written but memory
   */
  public static byte[] bytes(TableMetadata table) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      new TableJson(json).table(table);
    }
    return Json.whole(out.toString()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * {@return a page of a listing as JSON, on one line}
   *
   * @param page the page
   * @throws IOException never, as nothing is written but memory
   */
  public static String page(Page<TableInfo> page) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      TableJson writer = new TableJson(json);
      json.writeStartObject();
      writer.list("tables", page.items(), writer::listed);
      writer.text("next", page.next());
      writer.number("total", page.total());
      writer.list("notices", page.notices(), writer::notice);
      json.writeEndObject();
    }
    return Json.whole(out.toString());
  }

  private void listed(TableInfo info) throws IOException {
    json.writeStartObject();
    info(info);
    json.writeEndObject();
  }

  /**
   * Writes a field of notices.
   *
   * @param json where to
   * @param notices what
   * @throws IOException if it can't be written
   */
  public static void notices(JsonGenerator json, List<Notice> notices) throws IOException {
    TableJson writer = new TableJson(json);
    writer.list("notices", notices, writer::notice);
  }

  private void table(TableMetadata table) throws IOException {
    json.writeStartObject();
    info(table.info());
    list(
        "loaded",
        table.loaded().stream().sorted().toList(),
        (Section section) -> json.writeString(lower(section)));
    list("columns", table.columns(), this::column);
    if (table.primaryKey().isPresent()) {
      json.writeFieldName("primaryKey");
      key(table.primaryKey().get());
    }
    list("uniqueKeys", table.uniqueKeys(), this::key);
    list("foreignKeys", table.foreignKeys(), this::foreignKey);
    list("indexes", table.indexes(), this::index);
    list("checks", table.checks(), this::check);
    if (table.partitioning().isPresent()) {
      json.writeObjectFieldStart("partitioning");
      json.writeStringField("method", table.partitioning().get().method());
      names("columns", table.partitioning().get().columns());
      number("partitions", table.partitioning().get().partitions());
      json.writeEndObject();
    }
    text("definition", table.definition());
    if (!table.properties().isEmpty()) {
      json.writeFieldName("properties");
      Json.value(json, table.properties());
    }
    list("extensions", table.extensions(), this::extension);
    if (table.rowCount().isPresent()) {
      json.writeObjectFieldStart("rowCount");
      json.writeNumberField("rows", table.rowCount().get().rows());
      json.writeBooleanField("exact", table.rowCount().get().exact());
      json.writeEndObject();
    }
    number("sizeInBytes", table.sizeInBytes());
    list("notices", table.notices(), this::notice);
    json.writeEndObject();
  }

  private void info(TableInfo info) throws IOException {
    json.writeFieldName("name");
    name(json, info.name());
    json.writeStringField("kind", info.kind().id());
    text("description", info.description());
    text("changeMarker", info.changeMarker().map(marker -> marker.value()));
    number("listedColumns", info.columnCount());
    number("listedRows", info.rowCount());
  }

  /**
   * Writes a name in its parts.
   *
   * @param json where to
   * @param name what
   * @throws IOException if it can't be written
   */
  public static void name(JsonGenerator json, TableName name) throws IOException {
    json.writeStartObject();
    schemaParts(json, name.schema());
    json.writeStringField("table", name.table());
    json.writeEndObject();
  }

  /**
   * Writes the parts of a schema's name as fields.
   *
   * @param json where to
   * @param schema what
   * @throws IOException if it can't be written
   */
  public static void schemaParts(JsonGenerator json, SchemaName schema) throws IOException {
    if (schema.catalog().isPresent()) {
      json.writeStringField("catalog", schema.catalog().get());
    }
    json.writeStringField("schema", schema.schema());
  }

  private void column(Column column) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", column.name());
    json.writeFieldName("type");
    type(column.type());
    json.writeBooleanField("nullable", column.nullable());
    text("description", column.description());
    text("default", column.defaultExpression());
    text("generated", column.generatedExpression());
    flag("identity", column.identity());
    text("collation", column.collation());
    list("extensions", column.extensions(), this::extension);
    json.writeEndObject();
  }

  private void type(DataType type) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", lower(type.kind()));
    json.writeStringField("native", type.nativeType());
    number("length", type.length());
    number("precision", type.precision());
    number("scale", type.scale());
    list("children", type.children(), this::typeField);
    json.writeEndObject();
  }

  private void typeField(TypeField field) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", field.name());
    json.writeFieldName("type");
    type(field.type());
    json.writeBooleanField("nullable", field.nullable());
    text("description", field.description());
    json.writeEndObject();
  }

  private void key(KeyConstraint key) throws IOException {
    json.writeStartObject();
    text("name", key.name());
    names("columns", key.columns());
    json.writeEndObject();
  }

  private void foreignKey(ForeignKey key) throws IOException {
    json.writeStartObject();
    text("name", key.name());
    names("columns", key.columns());
    json.writeFieldName("references");
    name(json, key.references());
    names("referencedColumns", key.referencedColumns());
    text("onUpdate", key.onUpdate());
    text("onDelete", key.onDelete());
    json.writeBooleanField("enforced", key.enforced());
    json.writeEndObject();
  }

  private void index(Index index) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", index.name());
    names("columns", index.columns());
    names("included", index.included());
    json.writeBooleanField("unique", index.unique());
    text("method", index.method());
    text("predicate", index.predicate());
    json.writeEndObject();
  }

  private void check(CheckConstraint check) throws IOException {
    json.writeStartObject();
    text("name", check.name());
    json.writeStringField("expression", check.expression());
    json.writeEndObject();
  }

  private void extension(MetadataExtension extension) throws IOException {
    StoredExtension stored = StoredExtension.of(extension);
    json.writeStartObject();
    json.writeStringField("id", stored.id());
    json.writeFieldName("values");
    Json.value(json, stored.values());
    json.writeEndObject();
  }

  private void notice(Notice notice) throws IOException {
    json.writeStartObject();
    code(json, notice.code());
    json.writeObjectFieldStart("scope");
    Notice.Scope scope = notice.scope();
    if (scope instanceof Notice.Scope.Schema schema) {
      schemaParts(json, schema.name());
    } else if (scope instanceof Notice.Scope.Table table) {
      schemaParts(json, table.name().schema());
      json.writeStringField("table", table.name().table());
    } else if (scope instanceof Notice.Scope.Column column) {
      schemaParts(json, column.table().schema());
      json.writeStringField("table", column.table().table());
      json.writeStringField("column", column.column());
    }
    json.writeEndObject();
    json.writeStringField("message", notice.message());
    text("remedy", notice.remedy());
    number("hidden", notice.hidden());
    json.writeEndObject();
  }

  /**
   * Writes an error code as fields.
   *
   * @param json where to
   * @param code what
   * @throws IOException if it can't be written
   */
  public static void code(JsonGenerator json, ErrorCode code) throws IOException {
    json.writeStringField("code", code.id());
    json.writeStringField("category", lower(code.category()));
    if (code.transientFailure()) {
      json.writeBooleanField("transient", true);
    }
  }

  private void names(String field, List<String> names) throws IOException {
    list(field, names, json::writeString);
  }

  private void text(String field, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get());
    }
  }

  private void flag(String field, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(field, true);
    }
  }

  private void number(String field, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsLong());
    }
  }

  private void number(String field, OptionalInt value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsInt());
    }
  }

  private <T> void list(String field, List<T> items, Part<T> part) throws IOException {
    if (items.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (T item : items) {
      part.write(item);
    }
    json.writeEndArray();
  }

  /**
   * {@return the stored spelling of a word: in lower case}
   *
   * @param word of an enumeration
   */
  public static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private interface Part<T> {
    void write(T item) throws IOException;
  }
}

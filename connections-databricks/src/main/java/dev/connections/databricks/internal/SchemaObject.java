package dev.connections.databricks.internal;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Column;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.UnityCatalogObject;
import dev.connections.http.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a schema holds beside tables. Field names are those of the catalog's answers. */
enum SchemaObject {
  VOLUME("volume", "volumes", "volumes", "volume_type"),
  FUNCTION("function", "functions", "functions", "full_data_type"),
  MODEL("model", "models", "registered_models", "model_type");

  private final String kind;
  private final String path;
  private final String member;
  private final String type;

  SchemaObject(String kind, String path, String member, String type) {
    this.kind = kind;
    this.path = path;
    this.member = member;
    this.type = type;
  }

  String path() {
    return path;
  }

  String member() {
    return member;
  }

  /** {@return the object as it is listed} */
  TableInfo info(TableName name, JsonObject json) {
    TableInfo info = TableInfo.of(name, new TableKind(kind));
    Optional<String> comment = json.text("comment").filter(text -> !text.isBlank());
    info = comment.map(info::withDescription).orElse(info);
    return json.text("updated_at").map(ChangeMarker::new).map(info::withChangeMarker).orElse(info);
  }

  /** {@return all that the catalog says of it; the columns are those that a function returns} */
  TableMetadata metadata(TableInfo info, JsonObject json) {
    Set<Section> loaded = EnumSet.copyOf(TableReader.LISTED);
    loaded.addAll(EnumSet.of(Section.KEYS, Section.FOREIGN_KEYS));
    TableMetadata.Builder metadata =
        TableMetadata.builder(info, loaded)
            .columns(parameters(json, "return_params").stream().map(SchemaObject::column).toList())
            .extension(
                new UnityCatalogObject(
                    kind,
                    json.text(type).filter(text -> !text.isBlank()),
                    json.text("owner"),
                    json.text("storage_location").filter(text -> !text.isBlank()),
                    parameters(json, "input_params").stream()
                        .map(SchemaObject::parameter)
                        .toList()));
    json.text("routine_definition").filter(text -> !text.isBlank()).ifPresent(metadata::definition);
    return metadata.build();
  }

  private static List<JsonObject> parameters(JsonObject json, String member) {
    return json.object(member).map(list -> list.objects("parameters")).orElse(List.of());
  }

  private static Column column(JsonObject json) {
    TypeJson.Read read = TypeJson.read(json.text("type_json"), json.text("type_text"));
    Column.Builder column = Column.builder(json.text("name").orElse(""), read.type(), true);
    json.text("comment").filter(text -> !text.isBlank()).ifPresent(column::description);
    return column.build();
  }

  private static UnityCatalogObject.Parameter parameter(JsonObject json) {
    return new UnityCatalogObject.Parameter(
        json.text("name").orElse(""),
        json.text("type_text").orElse(""),
        json.text("parameter_default"));
  }
}

package dev.connections.core.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.connections.api.Failure;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Reads stored import settings and tells all that is wrong with them at once. Lenient reading would
 * import too much or too little without a word.
 */
final class ImportOptionsReader {
  private static final int PROBLEMS_TOLD = 3;

  private final Map<String, String> problems = new LinkedHashMap<>();

  private ImportOptionsReader() {}

  static ImportOptions read(String json) {
    JsonNode root;
    try {
      root = ImportOptionsJson.MAPPER.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The import settings aren't valid JSON"
                  + Optional.ofNullable(malformed.getLocation())
                      .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                      .orElse("")
                  + ".")
          .withRemedy("Correct the stored text, or save the import settings again.")
          .asException(malformed);
    }
    if (!root.isObject()) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION, "The import settings must be a JSON object.")
          .withRemedy("Correct the stored text, or save the import settings again.")
          .asException();
    }
    ImportOptionsReader reader = new ImportOptionsReader();
    reader.checkVersion(root);
    ImportOptions options = reader.options(root);
    reader.throwProblems();
    return options;
  }

  private void checkVersion(JsonNode root) {
    JsonNode version = root.get(ImportOptionsJson.VERSION);
    if (version == null) {
      return; // written before versions were
    }
    if (!version.isIntegralNumber() || version.bigIntegerValue().signum() < 1) {
      problems.put(ImportOptionsJson.VERSION, "must be a whole number from 1");
    } else if (!version.canConvertToInt() || version.intValue() > ImportOptions.VERSION) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The import settings were written by a newer release (version "
                  + shown(version.asText())
                  + "; this one reads up to "
                  + ImportOptions.VERSION
                  + ").")
          .withRemedy("Upgrade this application, or save the import settings again here.")
          .withFieldPaths(List.of(ImportOptionsJson.VERSION))
          .asException();
    }
  }

  private ImportOptions options(JsonNode root) {
    tellUnknown(root, "", ImportOptionsJson.MEMBERS);
    return ImportOptions.builder()
        .schemas(list(root, ImportOptionsJson.SCHEMAS, this::schema))
        .tables(list(root, ImportOptionsJson.TABLES, this::table))
        .layer(
            choice(root, ImportOptionsJson.LAYER, Layer.class).orElse(ImportOptions.all().layer()))
        .entityType(
            choice(root, ImportOptionsJson.ENTITY_TYPE, EntityType.class)
                .orElse(ImportOptions.all().entityType()))
        .importRelationships(
            flag(
                root,
                ImportOptionsJson.IMPORT_RELATIONSHIPS,
                ImportOptions.all().importRelationships()))
        .enhance(flag(root, ImportOptionsJson.ENHANCE, ImportOptions.all().enhance()))
        .include(list(root, ImportOptionsJson.INCLUDE, this::pattern))
        .exclude(list(root, ImportOptionsJson.EXCLUDE, this::pattern))
        .kinds(list(root, ImportOptionsJson.KINDS, this::kind))
        .sections(
            list(
                root, ImportOptionsJson.SECTIONS, (node, path) -> value(node, path, Section.class)))
        .build();
  }

  private <T> List<T> list(
      JsonNode root, String member, BiFunction<JsonNode, String, Optional<T>> item) {
    JsonNode node = root.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      problems.put(member, "must be a list");
      return List.of();
    }
    List<T> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      item.apply(node.get(i), member + "[" + i + "]").ifPresent(items::add);
    }
    return items;
  }

  private Optional<SchemaName> schema(JsonNode node, String path) {
    if (node.isTextual()) {
      return Optional.of(SchemaName.of(node.textValue()));
    }
    List<String> members = List.of(ImportOptionsJson.CATALOG, ImportOptionsJson.SCHEMA);
    if (!isObject(node, path, "must be a name, or an object with \"schema\"", members)) {
      return Optional.empty();
    }
    Optional<String> catalog = text(node, path, ImportOptionsJson.CATALOG);
    return required(node, path, ImportOptionsJson.SCHEMA)
        .map(schema -> new SchemaName(catalog, schema));
  }

  private Optional<TableName> table(JsonNode node, String path) {
    List<String> members =
        List.of(ImportOptionsJson.CATALOG, ImportOptionsJson.SCHEMA, ImportOptionsJson.TABLE);
    if (!isObject(node, path, "must be an object with \"schema\" and \"table\"", members)) {
      return Optional.empty();
    }
    Optional<String> catalog = text(node, path, ImportOptionsJson.CATALOG);
    Optional<String> schema = required(node, path, ImportOptionsJson.SCHEMA);
    Optional<String> table = required(node, path, ImportOptionsJson.TABLE);
    return schema.flatMap(
        name -> table.map(own -> new TableName(new SchemaName(catalog, name), own)));
  }

  private Optional<TablePattern> pattern(JsonNode node, String path) {
    List<String> members =
        List.of(ImportOptionsJson.CATALOG, ImportOptionsJson.SCHEMA, ImportOptionsJson.TABLE);
    if (!isObject(node, path, "must be an object with \"schema\" or \"table\"", members)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TablePattern(
              text(node, path, ImportOptionsJson.CATALOG).orElse(TablePattern.ANY),
              text(node, path, ImportOptionsJson.SCHEMA).orElse(TablePattern.ANY),
              text(node, path, ImportOptionsJson.TABLE).orElse(TablePattern.ANY)));
    } catch (IllegalArgumentException outOfBounds) {
      problems.put(
          path,
          "must have parts of 1 to "
              + TablePattern.LONGEST_PART
              + " characters, or leave them out");
      return Optional.empty();
    }
  }

  private Optional<TableKind> kind(JsonNode node, String path) {
    try {
      if (node.isTextual()) {
        return Optional.of(new TableKind(node.textValue()));
      }
    } catch (IllegalArgumentException malformed) {
      // told below, together with what isn't a text at all
    }
    problems.put(path, "must be a kind of tables in lower case, such as \"view\"");
    return Optional.empty();
  }

  private <E extends Enum<E>> Optional<E> choice(JsonNode root, String member, Class<E> type) {
    JsonNode node = root.path(member);
    return node.isMissingNode() || node.isNull() ? Optional.empty() : value(node, member, type);
  }

  private <E extends Enum<E>> Optional<E> value(JsonNode node, String path, Class<E> type) {
    E[] values = type.getEnumConstants();
    for (E value : values) {
      if (node.isTextual() && ImportOptionsJson.spelled(value).equals(node.textValue())) {
        return Optional.of(value);
      }
    }
    problems.put(
        path,
        "must be one of "
            + Arrays.stream(values)
                .map(ImportOptionsJson::spelled)
                .collect(Collectors.joining(", ")));
    return Optional.empty();
  }

  private boolean flag(JsonNode root, String member, boolean preset) {
    JsonNode node = root.path(member);
    if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
      problems.put(member, "must be true or false");
    }
    return node.isBoolean() ? node.booleanValue() : preset;
  }

  private boolean isObject(JsonNode node, String path, String expected, List<String> members) {
    if (node.getNodeType() != JsonNodeType.OBJECT) {
      problems.put(path, expected);
      return false;
    }
    tellUnknown(node, path + ".", members);
    return true;
  }

  private Optional<String> text(JsonNode node, String path, String member) {
    JsonNode value = node.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      problems.put(path + "." + member, "must be a text");
    }
    return Optional.ofNullable(value.textValue());
  }

  private Optional<String> required(JsonNode node, String path, String member) {
    Optional<String> text = text(node, path, member);
    if (text.isEmpty()) {
      problems.putIfAbsent(path + "." + member, "is missing");
    }
    return text;
  }

  private void tellUnknown(JsonNode node, String prefix, List<String> known) {
    Set<String> members = Set.copyOf(known);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!members.contains(name)) {
        problems.put(prefix + shown(name), "is unknown; known are " + String.join(", ", known));
      }
    }
  }

  private void throwProblems() {
    if (problems.isEmpty()) {
      return;
    }
    List<String> told =
        problems.entrySet().stream()
            .limit(PROBLEMS_TOLD)
            .map(problem -> "\"" + problem.getKey() + "\" " + problem.getValue())
            .toList();
    int more = problems.size() - told.size();
    throw Failure.of(
            StandardErrorCode.INVALID_CONFIGURATION,
            "The import settings can't be used: "
                + String.join("; ", told)
                + (more == 0 ? "." : "; and " + more + " more."))
        .withRemedy("Correct these members, or save the import settings again.")
        .withFieldPaths(List.copyOf(problems.keySet()))
        .asException();
  }

  /** A member's name comes from outside too: it is shown short and without control characters. */
  private static String shown(String name) {
    String plain = name.replaceAll("[^\\p{Alnum}._-]", "?");
    return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
  }
}

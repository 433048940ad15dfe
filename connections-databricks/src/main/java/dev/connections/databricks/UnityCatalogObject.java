package dev.connections.databricks;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Unity Catalog knows of a volume, a function or a model.
 *
 * @param kind {@code volume}, {@code function} or {@code model}
 * @param type the catalog's own word: the type of a volume, or what a function returns
 * @param owner who owns it
 * @param storageLocation where its data lies
 * @param parameters what a function takes, in order
 */
public record UnityCatalogObject(
    String kind,
    Optional<String> type,
    Optional<String> owner,
    Optional<String> storageLocation,
    List<Parameter> parameters)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "unity_catalog_object";

  /**
   * What a function takes.
   *
   * @param name of the parameter
   * @param type as the catalog writes it
   * @param otherwise its default, as the catalog writes it
   */
  public record Parameter(String name, String type, Optional<String> otherwise) {
    /**
     * Checks that no part is null.
     *
     * @param name of the parameter
     * @param type as the catalog writes it
     * @param otherwise its default
     */
    public Parameter {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(otherwise, "otherwise");
    }
  }

  /**
   * Takes all parts at once.
   *
   * @param kind what it is
   * @param type the catalog's own word
   * @param owner who owns it
   * @param storageLocation where its data lies
   * @param parameters what a function takes
   */
  @Internal
  public UnityCatalogObject {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(storageLocation, "storageLocation");
    parameters = List.copyOf(parameters);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    return new ExtensionValues()
        .with("kind", kind)
        .with("type", type)
        .with("owner", owner)
        .with("storage_location", storageLocation)
        .with("parameters", parameters.stream().map(UnityCatalogObject::values).toList())
        .map();
  }

  private static Map<String, Object> values(Parameter parameter) {
    return new ExtensionValues()
        .with("name", parameter.name())
        .with("type", parameter.type())
        .with("default", parameter.otherwise())
        .map();
  }
}

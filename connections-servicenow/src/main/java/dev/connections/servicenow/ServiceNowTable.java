package dev.connections.servicenow;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What ServiceNow knows of a table.
 *
 * @param label what its users see
 * @param scope the application it belongs to, by its scope; {@code global} for most
 * @param ancestors the tables it extends, the nearest first; those that can't be seen are missing
 */
public record ServiceNowTable(String label, String scope, List<String> ancestors)
    implements MetadataExtension {
  /** The extension's stable name. */
  public static final String ID = "servicenow_table";

  /**
   * Takes all parts at once.
   *
   * @param label what its users see
   * @param scope the application it belongs to
   * @param ancestors the tables it extends
   */
  @Internal
  public ServiceNowTable {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(scope, "scope");
    ancestors = List.copyOf(ancestors);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("label", label);
    values.put("scope", scope);
    if (!ancestors.isEmpty()) {
      values.put("extends", ancestors);
    }
    return values;
  }
}

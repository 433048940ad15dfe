package dev.connections.servicenow;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What ServiceNow's dictionary says of a column beside name and type.
 *
 * @param declaredIn the table that declares it: the column's own, or one that it extends
 * @param label what its users see
 * @param references the table that its values refer to, also for lists of references
 * @param readOnly whether users may not change it
 * @param display whether it stands for the record where a reference is shown
 * @param calculated whether it isn't stored: a formula, a script, a field of the user interface
 * @param sensitive whether it holds encrypted text; its values are never previewed
 * @param choices the values to choose from, in order; empty if there are none or they weren't read
 */
public record ServiceNowColumn(
    String declaredIn,
    String label,
    Optional<String> references,
    boolean readOnly,
    boolean display,
    boolean calculated,
    boolean sensitive,
    List<Choice> choices)
    implements MetadataExtension {
  /** The extension's stable name. */
  public static final String ID = "servicenow_column";

  /**
   * A value to choose.
   *
   * @param value what is stored
   * @param label what users see
   */
  public record Choice(String value, String label) {}

  /**
   * Takes all parts at once.
   *
   * @param declaredIn the table that declares it
   * @param label what its users see
   * @param references the table that its values refer to
   * @param readOnly whether users may not change it
   * @param display whether it stands for the record
   * @param calculated whether it isn't stored
   * @param sensitive whether it holds encrypted text
   * @param choices the values to choose from
   */
  @Internal
  public ServiceNowColumn {
    Objects.requireNonNull(declaredIn, "declaredIn");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(references, "references");
    choices = List.copyOf(choices);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("declared_in", declaredIn);
    values.put("label", label);
    references.ifPresent(table -> values.put("references", table));
    flag(values, "read_only", readOnly);
    flag(values, "display", display);
    flag(values, "calculated", calculated);
    flag(values, "sensitive", sensitive);
    if (!choices.isEmpty()) {
      Map<String, Object> labels = new LinkedHashMap<>();
      choices.forEach(choice -> labels.put(choice.value(), choice.label()));
      values.put("choices", labels);
    }
    return values;
  }

  private static void flag(Map<String, Object> values, String name, boolean set) {
    if (set) {
      values.put(name, true);
    }
  }
}

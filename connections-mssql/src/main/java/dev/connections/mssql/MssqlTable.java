package dev.connections.mssql;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import dev.connections.api.TableName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What SQL Server knows of a table or view beside the neutral metadata. Only those with something
 * to say carry it.
 *
 * @param traits what is special about the table
 * @param history where a temporal table keeps its former rows
 * @param constraints the constraints that are disabled, or that present rows were never checked by
 * @param triggers what runs when its rows change
 * @param extendedProperties all extended properties but {@code MS_Description} of the table and its
 *     columns, which are their descriptions
 */
public record MssqlTable(
    Set<Trait> traits,
    Optional<TableName> history,
    List<DoubtfulConstraint> constraints,
    List<Trigger> triggers,
    List<ExtendedProperty> extendedProperties)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "mssql_table";

  /** What can be special about a table. */
  public enum Trait {
    /** Keeps its former rows in a history table. */
    TEMPORAL,
    /** Holds another table's former rows. */
    HISTORY,
    /** Its changes are captured. */
    CHANGE_DATA_CAPTURE,
    /** It is tracked which of its rows changed. */
    CHANGE_TRACKING,
    /** Lies in memory. */
    MEMORY_OPTIMIZED,
    /** Its rows are gone after a restart. */
    SCHEMA_ONLY,
    /** The nodes of a graph. */
    GRAPH_NODE,
    /** The edges of a graph. */
    GRAPH_EDGE,
    /** A ledger's history. */
    LEDGER_HISTORY,
    /** A ledger whose rows can be changed, and every change is kept. */
    LEDGER_UPDATABLE,
    /** A ledger whose rows can only be added to. */
    LEDGER_APPEND_ONLY,
    /** Files, as a table. */
    FILE_TABLE
  }

  /**
   * A foreign key or check that may not hold.
   *
   * @param name the constraint
   * @param disabled whether new rows aren't checked
   * @param untrusted whether present rows may break it
   */
  public record DoubtfulConstraint(String name, boolean disabled, boolean untrusted) {}

  /**
   * What runs when rows change.
   *
   * @param name the trigger
   * @param insteadOf whether it runs instead of the change; else after it
   * @param disabled whether it doesn't run now
   * @param text its text, where the login may see it
   */
  public record Trigger(String name, boolean insteadOf, boolean disabled, Optional<String> text) {
    /**
     * Checks that no part is null.
     *
     * @param name the trigger
     * @param insteadOf whether it runs instead of the change
     * @param disabled whether it doesn't run now
     * @param text its text
     */
    public Trigger {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * A property that somebody gave to an object.
   *
   * @param kind what has it: {@code table}, {@code column}, {@code index} or {@code object}, which
   *     is a constraint or a trigger
   * @param object the name of the column, index or object; empty for the table itself
   * @param name the property
   * @param value its value, as text
   */
  public record ExtendedProperty(String kind, String object, String name, String value) {}

  /**
   * Takes all parts at once.
   *
   * @param traits what is special about the table
   * @param history where a temporal table keeps its former rows
   * @param constraints those that are disabled or untrusted
   * @param triggers what runs when its rows change
   * @param extendedProperties what was given to the table and what belongs to it
   */
  @Internal
  public MssqlTable {
    traits = Set.copyOf(traits);
    Objects.requireNonNull(history, "history");
    constraints = List.copyOf(constraints);
    triggers = List.copyOf(triggers);
    extendedProperties = List.copyOf(extendedProperties);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!traits.isEmpty()) {
      values.put(
          "traits",
          EnumSet.copyOf(traits).stream()
              .map(each -> each.name().toLowerCase(Locale.ROOT))
              .toList());
    }
    history.ifPresent(
        table -> {
          values.put("history_schema", table.schema().schema());
          values.put("history_table", table.table());
        });
    if (!constraints.isEmpty()) {
      values.put("doubtful_constraints", constraints.stream().map(MssqlTable::values).toList());
    }
    if (!triggers.isEmpty()) {
      values.put("triggers", triggers.stream().map(MssqlTable::values).toList());
    }
    if (!extendedProperties.isEmpty()) {
      values.put(
          "extended_properties", extendedProperties.stream().map(MssqlTable::values).toList());
    }
    return values;
  }

  private static Map<String, Object> values(DoubtfulConstraint constraint) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", constraint.name());
    values.put("disabled", constraint.disabled());
    values.put("untrusted", constraint.untrusted());
    return values;
  }

  private static Map<String, Object> values(Trigger trigger) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", trigger.name());
    values.put("instead_of", trigger.insteadOf());
    values.put("disabled", trigger.disabled());
    trigger.text().ifPresent(text -> values.put("text", text));
    return values;
  }

  private static Map<String, Object> values(ExtendedProperty property) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", property.kind());
    values.put("object", property.object());
    values.put("name", property.name());
    values.put("value", property.value());
    return values;
  }
}

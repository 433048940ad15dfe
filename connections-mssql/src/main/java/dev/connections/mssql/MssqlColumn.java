package dev.connections.mssql;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What SQL Server knows of a column beside the neutral metadata. Only columns with something to say
 * carry it.
 *
 * @param traits what is special about the column
 * @param defaultConstraint the name of the constraint that holds the default
 * @param identity how an identity column counts
 * @param baseType the built-in type under an alias type, in SQL Server's words
 * @param maskingFunction how a masked column is shown to those without the right UNMASK
 * @param sensitivity how the column was classified
 * @param capturedBy the instances of change data capture that capture the column
 */
public record MssqlColumn(
    Set<Trait> traits,
    Optional<String> defaultConstraint,
    Optional<Identity> identity,
    Optional<String> baseType,
    Optional<String> maskingFunction,
    Optional<Sensitivity> sensitivity,
    List<String> capturedBy)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "mssql_column";

  /** What can be special about a column. */
  public enum Trait {
    /** A computed column whose values are stored. */
    PERSISTED,
    /** Null takes no space. */
    SPARSE,
    /** The set of all sparse columns, as XML. */
    COLUMN_SET,
    /** Marked as the table's globally unique identifier. */
    ROWGUID,
    /** Its bytes lie in the file system. */
    FILESTREAM,
    /** Shown masked to most. */
    MASKED,
    /** Left out by {@code select *}. */
    HIDDEN,
    /** When a temporal table's row began to be valid. */
    PERIOD_START,
    /** When a temporal table's row ceased to be valid. */
    PERIOD_END,
    /** Filled by the server for other reasons, such as a ledger's. */
    GENERATED_ALWAYS,
    /** Encrypted by the client (Always Encrypted). */
    ENCRYPTED
  }

  /**
   * How an identity column counts.
   *
   * @param seed the first value
   * @param increment the step to the next one
   */
  public record Identity(String seed, String increment) {}

  /**
   * How a column was classified.
   *
   * @param label how sensitive it is, in the classifier's words
   * @param informationType what kind of information it holds
   * @param rank how sensitive it is, from {@code NONE} to {@code CRITICAL}
   */
  public record Sensitivity(
      Optional<String> label, Optional<String> informationType, Optional<String> rank) {}

  /**
   * Takes all parts at once.
   *
   * @param traits what is special about the column
   * @param defaultConstraint the name of the constraint that holds the default
   * @param identity how an identity column counts
   * @param baseType the built-in type under an alias type
   * @param maskingFunction how a masked column is shown
   * @param sensitivity how the column was classified
   * @param capturedBy the instances that capture the column
   */
  @Internal
  public MssqlColumn {
    traits = Set.copyOf(traits);
    capturedBy = List.copyOf(capturedBy);
    Objects.requireNonNull(defaultConstraint, "defaultConstraint");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(baseType, "baseType");
    Objects.requireNonNull(maskingFunction, "maskingFunction");
    Objects.requireNonNull(sensitivity, "sensitivity");
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
    defaultConstraint.ifPresent(name -> values.put("default_constraint", name));
    identity.ifPresent(
        counts -> {
          values.put("identity_seed", counts.seed());
          values.put("identity_increment", counts.increment());
        });
    baseType.ifPresent(type -> values.put("base_type", type));
    maskingFunction.ifPresent(function -> values.put("masking_function", function));
    sensitivity.ifPresent(
        found -> {
          found.label().ifPresent(label -> values.put("sensitivity_label", label));
          found.informationType().ifPresent(type -> values.put("information_type", type));
          found.rank().ifPresent(rank -> values.put("sensitivity_rank", rank));
        });
    if (!capturedBy.isEmpty()) {
      values.put("captured_by", capturedBy);
    }
    return values;
  }
}

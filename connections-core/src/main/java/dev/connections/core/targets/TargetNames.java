package dev.connections.core.targets;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names that the tables of one import get in Unity Catalog: valid, and no two equal but for
 * case. Of names that would become equal, one that needs no change stays, else the first in order;
 * the others get a suffix that is made from the source's name, and so is the same in each import.
 *
 * <p>Names are in lower case, as Unity Catalog keeps them. Immutable and safe for any thread.
 */
public final class TargetNames {
  private final SortedMap<TableName, TargetName> names;

  private TargetNames(SortedMap<TableName, TargetName> names) {
    this.names = names;
  }

  /**
   * {@return the names of some tables}
   *
   * @param tables all tables of an import, in any order
   * @param layout where they go
   */
  public static TargetNames of(Collection<TableName> tables, TargetLayout layout) {
    SortedMap<SchemaName, SortedMap<String, String>> bySchema = new TreeMap<>();
    SortedMap<SchemaName, String> wantedSchemas = new TreeMap<>();
    for (TableName table : tables) {
      bySchema
          .computeIfAbsent(table.schema(), schema -> new TreeMap<>())
          .put(table.table(), layout.wantedTable(table.table()));
      wantedSchemas.computeIfAbsent(table.schema(), layout::wantedSchema);
    }
    Map<SchemaName, String> schemas = distinct(wantedSchemas);
    SortedMap<TableName, TargetName> names = new TreeMap<>();
    bySchema.forEach(
        (schema, wanted) ->
            distinct(wanted)
                .forEach(
                    (table, target) ->
                        names.put(
                            schema.table(table),
                            new TargetName(
                                layout.catalog(), schemas.getOrDefault(schema, ""), target))));
    return new TargetNames(names);
  }

  /**
   * {@return the name of a table, if it is one of the import's}
   *
   * @param table as the source spells it
   */
  public Optional<TargetName> of(TableName table) {
    return Optional.ofNullable(names.get(table));
  }

  /** {@return the names of all schemas, as SQL has them, in order} */
  Set<String> schemasSql() {
    Set<String> schemas = new TreeSet<>();
    names.values().forEach(name -> schemas.add(name.schemaSql()));
    return schemas;
  }

  private static <K extends Comparable<? super K>> Map<K, String> distinct(
      SortedMap<K, String> wanted) {
    Map<K, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    wanted.forEach(
        (source, want) -> {
          String name = valid(want);
          if (name.equals(want) && taken.add(name)) {
            names.put(source, name);
          }
        });
    wanted.forEach(
        (source, want) -> {
          if (!names.containsKey(source)) {
            String name = valid(want);
            names.put(source, taken.add(name) ? name : suffixed(name, want, taken));
          }
        });
    return names;
  }

  /**
   * A name that Unity Catalog accepts; too long a one is cut and gets a suffix for what was cut.
   */
  static String valid(String wanted) {
    StringBuilder name = new StringBuilder(wanted.length());
    for (int i = 0; i < wanted.length(); i++) {
      char c = wanted.charAt(i);
      name.append(Databricks.refusedInObject(c) || Json.loneSurrogate(wanted, i) ? '_' : c);
    }
    String folded = Databricks.folded(name.toString());
    if (folded.isEmpty()) {
      return "_";
    }
    return folded.length() <= Databricks.LONGEST_NAME ? folded : withSuffix(folded, wanted, 0);
  }

  private static String suffixed(String name, String wanted, Set<String> taken) {
    int attempt = 0;
    String candidate = withSuffix(name, wanted, attempt);
    while (!taken.add(candidate)) {
      candidate = withSuffix(name, wanted, ++attempt);
    }
    return candidate;
  }

  private static String withSuffix(String name, String source, int attempt) {
    String suffix = "_" + digest(attempt == 0 ? source : source + "#" + attempt);
    return ColumnNames.shortened(name, Databricks.LONGEST_NAME - suffix.length()) + suffix;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}

package dev.connections.api;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table as it is listed, before its metadata is read. Parts that the listing doesn't carry are
 * empty; no adapter makes extra calls for them.
 *
 * @param name its name
 * @param kind what it is
 * @param description what the source says about it
 * @param changeMarker tells, compared with an earlier one, whether the table changed
 * @param columnCount how many columns it has, where the listing says so
 * @param rowCount how many rows it has, roughly, where the listing says so
 */
public record TableInfo(
    TableName name,
    TableKind kind,
    Optional<String> description,
    Optional<ChangeMarker> changeMarker,
    OptionalLong columnCount,
    OptionalLong rowCount) {

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param name its name
   * @param kind what it is
   * @param description what the source says about it
   * @param changeMarker tells whether the table changed
   * @param columnCount how many columns it has
   * @param rowCount how many rows it has
   */
  @Internal
  public TableInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(changeMarker, "changeMarker");
    Objects.requireNonNull(columnCount, "columnCount");
    Objects.requireNonNull(rowCount, "rowCount");
  }

  /**
   * {@return a table of which no more is known than name and kind}
   *
   * @param name its name
   * @param kind what it is
   */
  public static TableInfo of(TableName name, TableKind kind) {
    return new TableInfo(
        name, kind, Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * {@return a copy with a description}
   *
   * @param text what the source says about the table
   */
  public TableInfo withDescription(String text) {
    return new TableInfo(name, kind, Optional.of(text), changeMarker, columnCount, rowCount);
  }

  /**
   * {@return a copy with a change marker}
   *
   * @param marker tells, compared with an earlier one, whether the table changed
   */
  public TableInfo withChangeMarker(ChangeMarker marker) {
    return new TableInfo(name, kind, description, Optional.of(marker), columnCount, rowCount);
  }

  /**
   * {@return a copy with a number of columns}
   *
   * @param count how many columns the table has
   */
  public TableInfo withColumnCount(long count) {
    return new TableInfo(name, kind, description, changeMarker, OptionalLong.of(count), rowCount);
  }

  /**
   * {@return a copy with a number of rows}
   *
   * @param count how many rows the table has, roughly
   */
  public TableInfo withRowCount(long count) {
    return new TableInfo(
        name, kind, description, changeMarker, columnCount, OptionalLong.of(count));
  }
}

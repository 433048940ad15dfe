package dev.connections.core.importing;

import dev.connections.api.PlainText;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is otherwise with a table than it was when its snapshot was taken.
 *
 * @param what what kind of change it is
 * @param object the column, key or index that it is about, as its source names it; empty if it is
 *     about the table
 * @param before what it was, as text for people, cut after 200 characters; empty if there was
 *     nothing
 * @param after what it is now, likewise
 * @param breaking whether something that read the table may fail now, or get values that it didn't
 *     get before
 */
public record MetadataChange(
    What what,
    Optional<String> object,
    Optional<String> before,
    Optional<String> after,
    boolean breaking) {

  private static final int LONGEST_NAME = 200;

  /** The kinds of changes. */
  public enum What {
    /** It is another kind of table, such as a view. */
    KIND,
    /** There is a new column. Not breaking. */
    COLUMN_ADDED,
    /** A column isn't there any more. Breaking. */
    COLUMN_REMOVED,
    /**
     * A column has another type. Not breaking if the neutral kind is the same and nothing became
     * shorter or less precise.
     */
    COLUMN_TYPE,
    /** A column takes nulls now, which is breaking, or doesn't any more, which isn't. */
    COLUMN_NULLABLE,
    /** A column has another default, collation or way to be generated. Not breaking. */
    COLUMN_DEFAULT,
    /** The columns that were there before have another order. Not breaking. */
    COLUMN_ORDER,
    /** The table or a column is described otherwise. Not breaking. */
    DESCRIPTION,
    /** The primary key has other columns, or came or went. Breaking if there was one. */
    PRIMARY_KEY,
    /** A unique key came, went or has other columns. Not breaking. */
    UNIQUE_KEY,
    /** A reference to another table came, went or leads elsewhere. Not breaking. */
    FOREIGN_KEY,
    /** An index came, went or is made otherwise. Not breaking. */
    INDEX,
    /** A check came, went or says something else. Not breaking. */
    CHECK,
    /** The table is divided otherwise. Not breaking. */
    PARTITIONING,
    /** A view is defined otherwise. Not breaking. */
    DEFINITION
  }

  /**
   * Checks that no part is null.
   *
   * @param what what kind of change it is
   * @param object what it is about
   * @param before what it was
   * @param after what it is now
   * @param breaking whether something that read the table may fail now
   */
  public MetadataChange {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }

  /** {@return the change as a sentence for people} */
  public String sentence() {
    String named = object.map(name -> " '" + PlainText.of(name, LONGEST_NAME) + "'").orElse("");
    return switch (what) {
      case KIND -> "The kind changed" + fromTo() + ".";
      case COLUMN_ADDED -> "Column" + named + " was added" + as(after) + ".";
      case COLUMN_REMOVED -> "Column" + named + " was removed" + as(before) + ".";
      case COLUMN_TYPE -> "The type of column" + named + " changed" + fromTo() + ".";
      case COLUMN_NULLABLE ->
          breaking
              ? "Column" + named + " takes nulls now."
              : "Column" + named + " doesn't take nulls any more.";
      case COLUMN_DEFAULT -> "What fills column" + named + " changed" + fromTo() + ".";
      case COLUMN_ORDER -> "The columns have another order.";
      case DESCRIPTION ->
          object.isPresent()
              ? "The description of column" + named + " changed."
              : "The description changed.";
      case PRIMARY_KEY -> "The primary key changed" + fromTo() + ".";
      case UNIQUE_KEY -> cameOrWent("The unique key" + named);
      case FOREIGN_KEY -> cameOrWent("The foreign key" + named);
      case INDEX -> cameOrWent("The index" + named);
      case CHECK -> cameOrWent("The check" + named);
      case PARTITIONING -> "The partitioning changed" + fromTo() + ".";
      case DEFINITION -> "The definition changed.";
    };
  }

  private static String as(Optional<String> type) {
    return type.map(text -> " (" + text + ")").orElse("");
  }

  private String fromTo() {
    return " from " + before.orElse("nothing") + " to " + after.orElse("nothing");
  }

  private String cameOrWent(String object) {
    if (before.isEmpty()) {
      return object + " was added" + as(after) + ".";
    }
    return after.isEmpty()
        ? object + " was removed" + as(before) + "."
        : object + " changed" + fromTo() + ".";
  }
}

package dev.connections.jdbc;

import java.util.function.UnaryOperator;

/**
 * A query of a database's catalog: one {@code .sql} resource per kind of object, as it is, or
 * narrowed to a selection. A line of the form {@code --@name} marks a place where a narrowing
 * condition may stand; without one the query reads the whole database.
 *
 * <p>Immutable and safe for any thread. Its text never holds a value: values are bound.
 */
public final class CatalogQuery {
  private final String name;
  private final String text;

  private CatalogQuery(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /**
   * {@return the query of a resource {@code /sql-queries/FOLDER/NAME.sql}}
   *
   * @param owner a class of the module that holds the resource
   * @param folder the adapter's own folder below {@code sql-queries}
   * @param name the resource's name without its ending; also what the call is called
   * @throws IllegalStateException if there is no such resource
   */
  public static CatalogQuery read(Class<?> owner, String folder, String name) {
    return new CatalogQuery(
        name, Resources.text(owner, "/sql-queries/" + folder + "/" + name + ".sql"));
  }

  /**
   * {@return a copy with a condition at a marked place}
   *
   * @param marker the name after {@code --@}
   * @param condition a constant piece of SQL with {@code ?} for its values; never user text
   * @throws IllegalArgumentException if the query has no such place
   */
  public CatalogQuery with(String marker, String condition) {
    String place = "--@" + marker + "\n";
    if (!text.contains(place)) {
      throw new IllegalArgumentException(name + " has no place " + marker);
    }
    return new CatalogQuery(name, text.replace(place, condition + "\n"));
  }

  /**
   * {@return a copy with another text}
   *
   * @param edit makes the new text of the present one; it adds constant SQL only, never user text
   */
  public CatalogQuery edited(UnaryOperator<String> edit) {
    return new CatalogQuery(name, edit.apply(text));
  }

  /** {@return what the query reads, in a word or two} */
  public String name() {
    return name;
  }

  /** {@return the SQL} */
  public String text() {
    return text;
  }
}

package dev.connections.filesystem.internal.paths;

import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.FileFailures;
import java.util.ArrayList;
import java.util.List;

/**
 * A path below the connection's directory whose every name was checked: none is empty, none leads
 * upwards, none holds a separator or a NUL. Names come from callers as well as from listings, so
 * they are checked each time.
 *
 * @param names from the connection's directory downwards; none for the directory itself
 */
public record RelativePath(List<String> names) {
  /** The schema of the connection's directory itself. */
  public static final String ROOT = ".";

  /**
   * Copies the names.
   *
   * @param names from the connection's directory downwards
   */
  public RelativePath {
    names = List.copyOf(names);
  }

  /**
   * {@return the directory that a schema is}
   *
   * @param schema its path with {@code /} between names, or {@link #ROOT}
   * @throws ConnectionException if that is no path, or one that leads elsewhere
   */
  public static RelativePath of(SchemaName schema) {
    if (schema.catalog().isPresent()) {
      throw FileFailures.missing(schema.display()).asException();
    }
    if (schema.schema().equals(ROOT)) {
      return new RelativePath(List.of());
    }
    return parse(schema.schema());
  }

  /**
   * {@return the file that a table is}
   *
   * @param table its directory and its name
   * @throws ConnectionException if that is no path, or one that leads elsewhere
   */
  public static RelativePath of(TableName table) {
    RelativePath directory = of(table.schema());
    if (table.table().indexOf('/') >= 0) {
      throw FileFailures.outside(table.table()).asException();
    }
    return directory.child(table.table());
  }

  /**
   * {@return a path of its text}
   *
   * @param text names with {@code /} between them
   * @throws ConnectionException if that is no path, or one that leads elsewhere
   */
  public static RelativePath parse(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      names.add(checked(name, text));
    }
    return new RelativePath(names);
  }

  /**
   * {@return a path one name longer}
   *
   * @param name a file or directory in this directory
   * @throws ConnectionException if that is no name
   */
  public RelativePath child(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(checked(name, name));
    return new RelativePath(longer);
  }

  private static String checked(String name, String shown) {
    if (name.equals("..") || shown.startsWith("/")) {
      throw FileFailures.outside(shown).asException();
    }
    if (name.isEmpty() || name.equals(".") || name.indexOf('\0') >= 0) {
      throw FileFailures.missing(shown).asException();
    }
    return name;
  }

  /** {@return the names with {@code /} between them; {@link #ROOT} for the directory itself} */
  public String text() {
    return names.isEmpty() ? ROOT : String.join("/", names);
  }

  /** {@return the schema that this directory is} */
  public SchemaName schema() {
    return SchemaName.of(text());
  }

  /** {@return the path as it is shown} */
  @Override
  public String toString() {
    return text();
  }
}

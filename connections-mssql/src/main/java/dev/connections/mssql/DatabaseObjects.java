package dev.connections.mssql;

import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A feature: what a schema of SQL Server holds besides tables and views, and what the database
 * holds beside its schemas. Four statements for a schema and two for the database, however much
 * there is. Safe for any thread.
 */
public interface DatabaseObjects {
  /**
   * {@return what a schema holds, as far as the login may see it} A kind of object that the server
   * lacks or refuses is empty and has a notice.
   *
   * @param schema an existing schema; of one that doesn't exist nothing is found
   * @param operation deadline and cancellation
   * @throws ConnectionException with a precise code, if the catalog can't be read at all
   */
  Found in(SchemaName schema, Operation operation);

  /**
   * {@return what lies in no schema, as far as the login may see it} What the server lacks or
   * refuses is empty and has a notice.
   *
   * @param operation deadline and cancellation
   * @throws ConnectionException with a precise code, if the catalog can't be read at all
   */
  OfDatabase ofDatabase(Operation operation);

  /**
   * What was found beside the schemas, sorted by name. Immutable.
   *
   * @param triggers those that fire when the database itself is changed
   * @param extendedProperties those of the database, its users, types, triggers and the like
   * @param notices what couldn't be read, and why
   */
  record OfDatabase(
      List<DatabaseTrigger> triggers,
      List<DatabaseProperty> extendedProperties,
      List<Notice> notices) {
    /**
     * Keeps immutable copies.
     *
     * @param triggers those that fire when the database itself is changed
     * @param extendedProperties those of the database and of what lies in no schema
     * @param notices what couldn't be read
     */
    public OfDatabase {
      triggers = List.copyOf(triggers);
      extendedProperties = List.copyOf(extendedProperties);
      notices = List.copyOf(notices);
    }
  }

  /**
   * A trigger that fires when the database itself is changed.
   *
   * @param name its name
   * @param disabled whether it is switched off
   * @param events when it fires, in SQL Server's words, such as {@code DROP_TABLE}; sorted
   * @param text its text; empty if the login may not see it, or if it is encrypted
   */
  record DatabaseTrigger(
      String name, boolean disabled, List<String> events, Optional<String> text) {
    /**
     * Keeps an immutable copy of the events.
     *
     * @param name its name
     * @param disabled whether it is switched off
     * @param events when it fires
     * @param text its text
     */
    public DatabaseTrigger {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(text, "text");
      events = List.copyOf(events);
    }
  }

  /**
   * A property that somebody gave to the database or to what lies in no schema.
   *
   * @param kind what has it: {@code database}, {@code trigger}, {@code user}, {@code type}, or
   *     another kind in words such as {@code file}
   * @param object the trigger, user or type; empty for the database, and where the kind alone is
   *     told
   * @param name the property
   * @param value its value, as text
   */
  record DatabaseProperty(String kind, String object, String name, String value) {}

  /**
   * What was found, each kind sorted by name. Immutable.
   *
   * @param routines procedures, functions and aggregates
   * @param synonyms other names of objects
   * @param sequences what numbers are drawn from
   * @param extendedProperties those of the schema and of these objects; tables and views have
   *     theirs in {@link MssqlTable}
   * @param notices what couldn't be read, and why
   */
  record Found(
      List<Routine> routines,
      List<Synonym> synonyms,
      List<Sequence> sequences,
      List<ObjectProperty> extendedProperties,
      List<Notice> notices) {
    /**
     * Keeps immutable copies.
     *
     * @param routines procedures, functions and aggregates
     * @param synonyms other names of objects
     * @param sequences what numbers are drawn from
     * @param extendedProperties those of the schema and of these objects
     * @param notices what couldn't be read
     */
    public Found {
      routines = List.copyOf(routines);
      synonyms = List.copyOf(synonyms);
      sequences = List.copyOf(sequences);
      extendedProperties = List.copyOf(extendedProperties);
      notices = List.copyOf(notices);
    }
  }

  /** What a routine is. */
  enum Kind {
    /** A procedure. */
    PROCEDURE,
    /** A function that gives one value. */
    SCALAR_FUNCTION,
    /** A function that gives rows. */
    TABLE_FUNCTION,
    /** A function over many rows that gives one value. */
    AGGREGATE
  }

  /**
   * A procedure or function.
   *
   * @param name its name
   * @param kind what it gives
   * @param text its text; empty if the login may not see it, if it is encrypted, or if it was
   *     written in another language and compiled
   */
  record Routine(String name, Kind kind, Optional<String> text) {
    /**
     * Checks that no part is null.
     *
     * @param name its name
     * @param kind what it gives
     * @param text its text
     */
    public Routine {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * Another name of an object.
   *
   * @param name the synonym
   * @param object what it stands for, in SQL Server's words: up to four names, quoted
   */
  record Synonym(String name, String object) {}

  /**
   * What numbers are drawn from.
   *
   * @param name the sequence
   * @param type the type of its numbers, in SQL Server's words
   * @param start the first number
   * @param increment the step to the next one
   * @param least the least number
   * @param most the greatest number
   * @param cycles whether it begins anew after the last one
   */
  record Sequence(
      String name,
      String type,
      String start,
      String increment,
      String least,
      String most,
      boolean cycles) {}

  /**
   * A property that somebody gave to a schema, to one of its objects, or to a parameter.
   *
   * @param kind what has it: {@code schema}, {@code object}, or {@code parameter}
   * @param object the schema or object; of a parameter, the routine
   * @param number the parameter's number, counted from one; for others 0, or a column's number
   * @param name the property
   * @param value its value, as text
   */
  record ObjectProperty(String kind, String object, int number, String name, String value) {}
}

package dev.connections.core.importing;

import dev.connections.api.Failure;
import dev.connections.api.TableName;
import java.time.Duration;
import java.util.Objects;

/** How the import of one table ended. Every listed table ends in exactly one of these. */
public sealed interface TableOutcome {
  /** {@return which table} */
  TableName name();

  /**
   * It was read and handed over.
   *
   * @param name which table
   * @param columns how many columns it has
   * @param relationships how many foreign keys it has
   * @param took the time since it was known to be wanted; where a source is read in bulk, tables
   *     wait for each other in it
   */
  record Imported(TableName name, int columns, int relationships, Duration took)
      implements TableOutcome {
    /**
     * Checks that no part is null.
     *
     * @param name which table
     * @param columns how many columns
     * @param relationships how many foreign keys
     * @param took the time it took
     */
    public Imported {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(took, "took");
    }
  }

  /**
   * It was wanted and couldn't be read.
   *
   * @param name which table
   * @param failure why
   */
  record Failed(TableName name, Failure failure) implements TableOutcome {
    /**
     * Checks that no part is null.
     *
     * @param name which table
     * @param failure why
     */
    public Failed {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * The options leave it out.
   *
   * @param name which table
   * @param rule the rule that leaves it out
   */
  record Excluded(TableName name, ExclusionRule rule) implements TableOutcome {
    /**
     * Checks that no part is null.
     *
     * @param name which table
     * @param rule the rule that leaves it out
     */
    public Excluded {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(rule, "rule");
    }
  }

  /**
   * It is known already and hasn't changed since.
   *
   * @param name which table
   */
  record Unchanged(TableName name) implements TableOutcome {
    /**
     * Checks that the name isn't null.
     *
     * @param name which table
     */
    public Unchanged {
      Objects.requireNonNull(name, "name");
    }
  }
}

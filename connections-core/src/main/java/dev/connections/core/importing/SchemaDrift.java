package dev.connections.core.importing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How what an import read differs from the snapshot of the imports before it. Compared are kind,
 * columns, keys, references, indexes, checks, partitioning, definition and descriptions, each where
 * both imports read it; not row counts, sizes, properties and a vendor's own parts.
 *
 * <p>A table that was never wanted before isn't added, and one that this import doesn't want isn't
 * removed. A table that couldn't be read counts as it was.
 *
 * @param since when the snapshot was taken
 * @param added how many tables are new
 * @param removed how many tables aren't there any more; known only of schemas that were listed to
 *     their end
 * @param changed how many tables are otherwise than before
 * @param unseen how many tables are removed or hidden, which can't be told apart
 * @param breaking how many of all these may break what read them
 * @param tables the tables in the order of their names: of those that are breaking the first {@link
 *     #KEPT}, and as many of the others
 */
public record SchemaDrift(
    Instant since,
    long added,
    long removed,
    long changed,
    long unseen,
    long breaking,
    List<TableDrift> tables) {
  /** How many tables are kept, of each of both sorts. */
  public static final int KEPT = 1_000;

  /**
   * Takes all parts at once.
   *
   * @param since when the snapshot was taken
   * @param added how many tables are new
   * @param removed how many aren't there any more
   * @param changed how many are otherwise
   * @param unseen how many are removed or hidden
   * @param breaking how many of these may break what read them
   * @param tables the tables
   */
  public SchemaDrift {
    Objects.requireNonNull(since, "since");
    tables = List.copyOf(tables);
  }

  /** {@return how many tables are otherwise in some way} */
  public long total() {
    return added + removed + changed + unseen;
  }

  /** {@return whether nothing is otherwise} */
  public boolean isEmpty() {
    return total() == 0;
  }

  /** {@return how many tables aren't in {@link #tables}} */
  public long moreTables() {
    return total() - tables.size();
  }

  /** {@return the drift in one line for people} */
  public String summary() {
    if (isEmpty()) {
      return "Nothing has changed.";
    }
    List<String> parts = new ArrayList<>();
    part(parts, added, "added");
    part(parts, removed, "removed");
    part(parts, changed, "changed");
    part(parts, unseen, "removed or hidden");
    String tables = total() == 1 ? " table: " : " tables: ";
    return count(total())
        + tables
        + String.join(", ", parts)
        + (breaking == 0 ? "; nothing breaking." : "; " + count(breaking) + " breaking.");
  }

  private static void part(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count(count) + " " + what);
    }
  }

  private static String count(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }
}

package dev.connections.core.importing;

import dev.connections.api.TableName;
import java.util.List;
import java.util.Objects;

/**
 * What became of one table since the snapshot.
 *
 * @param name which table
 * @param kind what became of it
 * @param changes of a changed table what changed, columns first; the first {@link #KEPT}
 * @param moreChanges how many changes aren't among them
 * @param breaking whether something that read the table may fail now: always so if it is removed or
 *     unseen, and if one of its changes is breaking
 */
public record TableDrift(
    TableName name, Kind kind, List<MetadataChange> changes, int moreChanges, boolean breaking) {
  /** How many changes are kept of a table. */
  public static final int KEPT = 100;

  /** What became of a table. */
  public enum Kind {
    /** It wasn't there before. */
    ADDED,
    /** It isn't there any more: its schema was listed to its end without it. */
    REMOVED,
    /** It is otherwise than it was. */
    CHANGED,
    /**
     * It isn't listed any more, and the source says that it hides objects from this login. So it
     * may be removed, or may only be hidden.
     */
    UNSEEN
  }

  /**
   * Checks the parts.
   *
   * @param name which table
   * @param kind what became of it
   * @param changes what changed
   * @param moreChanges how many more
   * @param breaking whether something that read the table may fail now
   * @throws IllegalArgumentException if there are changes and the kind isn't CHANGED, or the other
   *     way round
   */
  public TableDrift {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    changes = List.copyOf(changes);
    if (changes.isEmpty() == (kind == Kind.CHANGED)) {
      throw new IllegalArgumentException(kind + " with " + changes.size() + " changes");
    }
  }

  /**
   * {@return that a table is added, removed or unseen}
   *
   * @param name which table
   * @param kind what became of it; not CHANGED
   * @throws IllegalArgumentException if it is CHANGED
   */
  public static TableDrift of(TableName name, Kind kind) {
    return new TableDrift(name, kind, List.of(), 0, kind != Kind.ADDED);
  }

  /**
   * {@return that a table is changed}
   *
   * @param name which table
   * @param changes all that changed, at least one
   * @throws IllegalArgumentException if there is none
   */
  public static TableDrift changed(TableName name, List<MetadataChange> changes) {
    boolean breaking = changes.stream().anyMatch(MetadataChange::breaking);
    List<MetadataChange> first = changes.subList(0, Math.min(KEPT, changes.size()));
    return new TableDrift(name, Kind.CHANGED, first, changes.size() - first.size(), breaking);
  }
}

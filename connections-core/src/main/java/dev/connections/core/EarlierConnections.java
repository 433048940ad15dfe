package dev.connections.core;

import dev.connections.core.access.Actor;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.secrets.EarlierSecrets;
import java.util.List;

/**
 * Takes over connections of the earlier system. Reached by {@link TenantConnections#earlier}.
 *
 * <p>Safe for any thread.
 */
public final class EarlierConnections {
  private final Actor actor;
  private final Workings workings;

  EarlierConnections(Actor actor, Workings workings) {
    this.actor = actor;
    this.workings = workings;
  }

  /**
   * Says what {@link #take} would do, and does nothing.
   *
   * @param connections as the earlier system has stored them
   * @param secrets reads their secrets
   * @return what would become of each
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#CLOSED}
   */
  public EarlierImportReport preview(List<EarlierConnection> connections, EarlierSecrets secrets) {
    return run(ObservedOperation.LOOK_UP, connections, secrets, true);
  }

  /**
   * Takes over connections of the earlier system: private ones, which the actor owns. Their secrets
   * are decrypted and encrypted anew. What can't be decrypted is left out and told field by field;
   * such a connection is stored all the same, so that the field can be entered again. One whose
   * name is taken is left alone, so a second run does nothing twice.
   *
   * @param connections as the earlier system has stored them
   * @param secrets reads their secrets
   * @return what became of each; it never throws because of one of them
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#CLOSED}
   */
  public EarlierImportReport take(List<EarlierConnection> connections, EarlierSecrets secrets) {
    return run(ObservedOperation.CHANGE, connections, secrets, false);
  }

  private EarlierImportReport run(
      ObservedOperation what,
      List<EarlierConnection> connections,
      EarlierSecrets secrets,
      boolean dryRun) {
    workings.calls().refuseIfClosed();
    return workings
        .observer()
        .timed(what, () -> new EarlierImporter(workings).run(actor, connections, secrets, dryRun));
  }
}

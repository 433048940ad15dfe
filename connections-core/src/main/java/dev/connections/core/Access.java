package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.PlainText;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.core.access.AccessRules;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Permission;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.StoredConnection;
import java.util.Optional;
import java.util.Set;

/**
 * The one place where it is decided whether an actor may do something with a connection. What he
 * may not see is answered like what doesn't exist.
 */
record Access(ConnectionStore store, Audit audit) {
  private static final int LONGEST_ID = 60;

  StoredConnection see(Actor actor, String id) {
    return store
        .find(actor.account(), id)
        .filter(row -> AccessRules.allows(actor, Permission.SEE, row.ownership()))
        .orElseThrow(() -> absent(id));
  }

  /** The connection, if the actor may do with it what a call does. */
  StoredConnection require(
      Actor actor, String id, Permission permission, AuditOperation operation) {
    Optional<StoredConnection> row = store.find(actor.account(), id);
    Set<Permission> allowed =
        row.map(found -> AccessRules.permissions(actor, found.ownership())).orElse(Set.of());
    if (row.isEmpty() || !allowed.contains(Permission.SEE)) {
      throw absent(id);
    }
    if (!allowed.contains(permission)) {
      ConnectionException refused = refused(row.get(), permission, allowed);
      audit.after(audit.of(actor, operation).connection(id), AuditResult.DENIED, refused);
      throw refused;
    }
    return row.get();
  }

  /** The connection, if the actor may use it and it is switched on. */
  StoredConnection use(Actor actor, String id, AuditOperation operation) {
    StoredConnection row = require(actor, id, Permission.USE, operation);
    if (!row.active()) {
      throw Failure.of(
              CoreErrorCode.INACTIVE, "The connection '" + shown(row.name()) + "' is switched off.")
          .withRemedy("Switch it on to use it.")
          .asException();
    }
    return row;
  }

  /**
   * Refuses who may not read the audit log. An admin bound to a workspace may of the connections he
   * sees; of those that are deleted nobody knows any more which workspace they were in.
   */
  void requireAuditor(Actor actor, Optional<String> connection) {
    if (actor.role() != Role.ADMIN || (actor.workspace().isPresent() && connection.isEmpty())) {
      throw Failure.of(
              StandardErrorCode.PERMISSION_DENIED, "You may not read the audit log of the account.")
          .withRemedy(
              actor.role() == Role.ADMIN
                  ? "Ask for the records of one connection of your workspace."
                  : "Ask an admin of the account.")
          .asException();
    }
    if (actor.workspace().isPresent()) {
      connection.ifPresent(id -> see(actor, id));
    }
  }

  static ConnectionException absent(String id) {
    return StandardFailures.notFound("connection", shown(id)).asException();
  }

  private static ConnectionException refused(
      StoredConnection row, Permission permission, Set<Permission> allowed) {
    if (row.ownership().locked() && allowed.contains(Permission.UNLOCK)) {
      return Failure.of(
              CoreErrorCode.LOCKED, "The connection '" + shown(row.name()) + "' is locked.")
          .withRemedy("Unlock it first.")
          .asException();
    }
    String what =
        switch (permission) {
          case SEE, USE -> "use";
          case EDIT -> "change";
          case DELETE -> "delete";
          case LOCK -> "lock";
          case UNLOCK -> "unlock";
        };
    return Failure.of(
            StandardErrorCode.PERMISSION_DENIED,
            "You may not " + what + " the connection '" + shown(row.name()) + "'.")
        .withRemedy("Ask its owner or an admin of the account.")
        .asException();
  }

  private static String shown(String text) {
    return PlainText.of(text, LONGEST_ID);
  }
}

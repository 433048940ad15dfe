package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Page;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditCheck;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.audit.AuditTrail;
import dev.connections.core.observe.ObservedOperation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The audit log of an account, for its admins. Reached by {@link TenantConnections#audit}.
 *
 * <p>An admin of the whole account reads all of it, also what was done to connections that are
 * deleted. One who is bound to a workspace reads the records of one connection at a time, of those
 * that he may see. Where the host asks for it ({@link Connections.Builder#auditReads}), each call
 * is a record itself. To anybody else each method answers {@link
 * StandardErrorCode#PERMISSION_DENIED}; where the audit log can't be read back, {@link
 * StandardErrorCode#UNSUPPORTED}.
 *
 * <p>Safe for any thread.
 */
public final class AuditReader {
  private final Actor actor;
  private final Workings workings;

  AuditReader(Actor actor, Workings workings) {
    this.actor = actor;
    this.workings = workings;
  }

  /**
   * {@return a page of the records that a query asks for, the latest first} The page after it
   * begins {@linkplain AuditQuery#before before} the number of its last record; its token is that
   * number.
   *
   * @param query which records
   */
  public Page<AuditEntry> find(AuditQuery query) {
    return lookingUp(
        () -> {
          AuditTrail trail = admitted("records", query.connection());
          List<AuditEntry> found = trail.find(actor.account(), query);
          Optional<Long> more =
              found.size() < query.limit()
                  ? Optional.empty()
                  : Optional.of(found.get(found.size() - 1).number())
                      .filter(last -> goesOn(trail, query.before(last)));
          return new Page<>(found, more.map(String::valueOf), OptionalLong.empty(), List.of());
        });
  }

  private boolean goesOn(AuditTrail trail, AuditQuery rest) {
    return !trail.find(actor.account(), rest.limit(1)).isEmpty();
  }

  /** {@return whether all records of the account are as they were written} Reads them all. */
  public AuditCheck check() {
    return lookingUp(
        () -> {
          return admitted("check", Optional.empty()).check(actor.account());
        });
  }

  private <T> T lookingUp(Supplier<T> look) {
    workings.calls().refuseIfClosed();
    return workings.observer().timed(ObservedOperation.LOOK_UP, look);
  }

  /** The log, if the actor may read it; that he does is told in it where the host asks for it. */
  private AuditTrail admitted(String what, Optional<String> connection) {
    AuditRecord.Builder record = workings.audit().of(actor, AuditOperation.READ_AUDIT).object(what);
    connection.map(Audit::storable).ifPresent(record::connection);
    try {
      workings.access().requireAuditor(actor, connection);
    } catch (ConnectionException refused) {
      if (workings.auditReads() && refused.is(StandardErrorCode.PERMISSION_DENIED)) {
        workings.audit().after(record, AuditResult.DENIED, refused);
      }
      throw refused;
    }
    AuditTrail trail = trail(workings);
    if (workings.auditReads()) {
      workings.audit().before(record.build());
    }
    return trail;
  }

  static AuditTrail trail(Workings workings) {
    if (workings.auditLog() instanceof AuditTrail trail) {
      return trail;
    }
    throw Failure.of(
            StandardErrorCode.UNSUPPORTED, "The audit log of this application can't be read here.")
        .withRemedy("Look where the application sends its audit records.")
        .asException();
  }
}

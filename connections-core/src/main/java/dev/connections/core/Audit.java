package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the audit log; what isn't written isn't done. */
record Audit(AuditLog log, Clock clock, boolean required) {
  private static final int LONGEST_NAME = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  /**
   * A name that a caller gave, so that any log can keep it: not longer than {@value #LONGEST_NAME}
   * characters, and with question marks for what no database takes as text.
   */
  static String storable(String name) {
    StringBuilder text = new StringBuilder(Math.min(name.length(), LONGEST_NAME));
    int at = 0;
    while (at < name.length()) {
      int character = name.codePointAt(at);
      int length = Character.charCount(character);
      if (text.length() + length >= LONGEST_NAME) {
        return text.append('…').toString();
      }
      boolean half = length == 1 && Character.isSurrogate((char) character);
      text.appendCodePoint(character == 0 || half ? '?' : character);
      at += length;
    }
    return text.toString();
  }

  AuditRecord.Builder of(Actor actor, AuditOperation operation) {
    return AuditRecord.of(operation, clock.instant(), actor.account(), actor.user());
  }

  /**
   * Writes before something is done.
   *
   * @throws ConnectionException with NOT_AUDITED if it can't be written and has to be
   */
  void before(AuditRecord record) {
    try {
      write(record);
    } catch (ConnectionException refused) {
      if (required) {
        throw refused;
      }
      LOG.error(
          "{} isn't in the audit log, and goes on: records aren't required.", record.operation());
    }
  }

  private void write(AuditRecord record) {
    try {
      log.append(record);
    } catch (RuntimeException | LinkageError e) {
      Failure failure =
          Failure.of(
                  CoreErrorCode.NOT_AUDITED,
                  "Nothing was done, because the audit log doesn't take records at present.")
              .withRemedy("Ask the operator of the application to look after its audit log.");
      ConnectionException refused = failure.asException(e);
      LOG.error("The audit log has thrown.", refused);
      throw refused;
    }
  }

  /** Writes after something was refused or failed; that it did is told in any case. */
  void after(AuditRecord.Builder record, AuditResult result, ConnectionException why) {
    try {
      write(record.ended(result, why.code().id()).build());
    } catch (ConnectionException logged) {
      why.addSuppressed(logged);
    }
  }
}

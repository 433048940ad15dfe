package dev.connections.core.audit;

import dev.connections.api.PlainText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each record as one line at level INFO to the logger {@value #LOGGER}. Control characters,
 * line breaks and marks that change the direction of writing are taken out of every text, so that a
 * name can't forge a line.
 *
 * <p>It is as durable as the host's logging. Safe for any thread.
 */
public final class LoggingAuditLog implements AuditLog {
  /** The logger's name, to be sent where a host keeps such records. */
  public static final String LOGGER = "dev.connections.audit";

  private static final int LONGEST_TEXT = 300;

  private final Logger logger = LoggerFactory.getLogger(LOGGER);

  private LoggingAuditLog() {}

  /** {@return a log that writes to slf4j} */
  public static LoggingAuditLog create() {
    return new LoggingAuditLog();
  }

  @Override
  public void append(AuditRecord record) {
    if (logger.isInfoEnabled()) {
      logger.info("{}", line(record));
    }
  }

  static String line(AuditRecord record) {
    StringBuilder line = new StringBuilder(160);
    line.append(record.operation()).append(' ').append(record.result());
    add(line, "account", record.account());
    add(line, "user", record.user());
    record.connection().ifPresent(id -> add(line, "connection", id));
    record.object().ifPresent(name -> add(line, "object", name));
    if (!record.fields().isEmpty()) {
      add(line, "fields", String.join(",", record.fields()));
    }
    record.code().ifPresent(code -> add(line, "code", code));
    return line.append(" at=").append(record.at()).toString();
  }

  private static void add(StringBuilder line, String name, String text) {
    line.append(' ').append(name).append("=\"");
    line.append(PlainText.of(text, LONGEST_TEXT).replace('"', '\'')).append('"');
  }
}

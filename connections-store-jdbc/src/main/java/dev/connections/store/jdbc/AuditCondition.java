package dev.connections.store.jdbc;

import dev.connections.core.audit.AuditQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a statement on the audit log follows the account: of a few fixed pieces, so that there
 * are few different statements.
 *
 * @param sql the pieces
 * @param values what is bound to them
 */
record AuditCondition(String sql, List<Object> values) {
  static AuditCondition of(String account, AuditQuery query, Dialect dialect) {
    StringBuilder sql = new StringBuilder(" AND sequence < ?");
    List<Object> values = new ArrayList<>(List.of(account, query.before()));
    if (!query.operations().isEmpty()) {
      sql.append(" AND ").append(dialect.isOneOf("operation"));
      values.add(
          StoredAuditLog.json(query.operations().stream().sorted().map(StoredName::of).toList()));
    }
    and(sql, values, "connection_id = ?", query.connection());
    and(sql, values, "user_id = ?", query.user());
    and(sql, values, "result = ?", query.result().map(StoredName::of));
    and(sql, values, "at >= ?", query.from().map(StoredTime::text));
    and(sql, values, "at < ?", query.until().map(StoredTime::text));
    sql.append(" ORDER BY sequence DESC LIMIT ?");
    values.add(query.limit());
    return new AuditCondition(sql.toString(), values);
  }

  private static void and(
      StringBuilder sql, List<Object> values, String condition, Optional<String> value) {
    if (value.isPresent()) {
      sql.append(" AND ").append(condition);
      values.add(value.get());
    }
  }

  /** Whether PostgreSQL could have such a row: it knows no text with a zero in it. */
  static boolean mayMatch(AuditQuery query) {
    return query.connection().stream().noneMatch(AuditCondition::hasZero)
        && query.user().stream().noneMatch(AuditCondition::hasZero);
  }

  private static boolean hasZero(String text) {
    return text.indexOf('\0') >= 0;
  }
}

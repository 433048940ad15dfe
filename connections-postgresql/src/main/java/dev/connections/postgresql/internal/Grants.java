package dev.connections.postgresql.internal;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;

/** What an administrator has to grant, ready to be run. */
final class Grants {
  private Grants() {}

  /** For every schema at once: a role that PostgreSQL has since version 14. */
  static String remedy() {
    return "To show everything, run: GRANT pg_read_all_data TO the login; or for one schema: GRANT"
        + " USAGE ON SCHEMA s TO the login; GRANT SELECT ON ALL TABLES IN SCHEMA s TO the login;";
  }

  /** That a schema has tables this login may not see. */
  static Notice hidden(String schema, boolean usable, long count, String user) {
    String name = Names.quoted(schema);
    String login = Names.quoted(user);
    return Notice.of(
            NoticeCode.HIDDEN_BY_PERMISSION,
            new Notice.Scope.Schema(SchemaName.of(schema)),
            count
                + (count == 1 ? " table" : " tables")
                + " of the schema '"
                + schema
                + "' may not be read by this login and "
                + (count == 1 ? "is" : "are")
                + " left out.")
        .withRemedy(
            "Run: "
                + (usable ? "" : "GRANT USAGE ON SCHEMA " + name + " TO " + login + "; ")
                + "GRANT SELECT ON ALL TABLES IN SCHEMA "
                + name
                + " TO "
                + login
                + ";")
        .withHidden(count);
  }
}

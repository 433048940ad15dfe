package dev.connections.postgresql.internal;

/** What an administrator has to grant, ready to be run. */
final class Grants {
  private Grants() {}

  /** For every schema at once: a role that PostgreSQL has since version 14. */
  static String remedy() {
    return "To show everything, run: GRANT pg_read_all_data TO the login; or for one schema: GRANT"
        + " USAGE ON SCHEMA s TO the login; GRANT SELECT ON ALL TABLES IN SCHEMA s TO the login;";
  }
}

-- The tables of each connection as its imports have found them, for the next import to compare with.

-- Who does something that only one may do at a time. A row stays when its holder is gone, so that numbers never come again.
CREATE TABLE leases (
  account_id    TEXT    NOT NULL CHECK (account_id <> ''),
  name          TEXT    NOT NULL,
  connection_id TEXT,                                              -- NULL: of the account
  token         INTEGER NOT NULL,                                  -- grows with each holder
  until         INTEGER NOT NULL,                                  -- milliseconds since 1970 by this database's clock
  PRIMARY KEY (account_id, name),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX leases_of_connection ON leases (account_id, connection_id);

CREATE TABLE snapshots (
  account_id    TEXT    NOT NULL,
  connection_id TEXT    NOT NULL,
  taken_at      TEXT    NOT NULL,
  coverage      TEXT    NOT NULL,                                  -- JSON; what the imports looked for
  PRIMARY KEY (account_id, connection_id),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE TABLE snapshot_tables (
  account_id    TEXT    NOT NULL,
  connection_id TEXT    NOT NULL,
  table_key     TEXT    NOT NULL,                                  -- JSON array: catalog or null, schema, table
  kind          TEXT    NOT NULL,
  content       BLOB    NOT NULL,                                  -- a version byte, then JSON, deflated; empty: the name only
  PRIMARY KEY (account_id, connection_id, table_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

-- What an import writes, until it has come to its end.
CREATE TABLE snapshot_changes (
  account_id    TEXT    NOT NULL,
  connection_id TEXT    NOT NULL,
  table_key     TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  content       BLOB,                                              -- NULL: the table is gone
  PRIMARY KEY (account_id, connection_id, table_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

PRAGMA user_version = 4;

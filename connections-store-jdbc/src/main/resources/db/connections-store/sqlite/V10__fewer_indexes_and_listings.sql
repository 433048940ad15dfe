-- Fewer indexes to write with each connection; what listings of tables have shown, for all nodes; old runs of any connection.

-- One index keeps a name unique within account and workspace, also among those without a workspace, and lists by name.
DROP INDEX connections_name_in_workspace;
DROP INDEX connections_name_in_account;
DROP INDEX connections_by_name;
CREATE UNIQUE INDEX connections_by_name ON connections (account_id, name_key, name, coalesce(workspace_id, ''));

CREATE TABLE connection_listing_cache (
  account_id            TEXT    NOT NULL,
  connection_id         TEXT    NOT NULL,
  configuration_version INTEGER NOT NULL,                          -- with which it was read; found with no other
  schema_key            TEXT    NOT NULL,                          -- JSON array: catalog or null, schema
  page_key              TEXT    NOT NULL,                          -- SHA-256 of what was asked for
  content               TEXT    NOT NULL,                          -- JSON: what was asked for, and the page of tables
  cached_at             TEXT    NOT NULL,                          -- when its source was asked
  expires_at            TEXT    NOT NULL,
  stale                 INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),  -- 1: it is otherwise by now
  PRIMARY KEY (account_id, connection_id, schema_key, page_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX connection_listing_cache_by_expiry ON connection_listing_cache (account_id, connection_id, expires_at);

-- Runs that are too old go also where their connection has none any more.
CREATE INDEX run_history_by_age ON run_history (finished_at, account_id);
CREATE VIEW run_history_ages AS SELECT finished_at, account_id FROM run_history;

PRAGMA user_version = 10;

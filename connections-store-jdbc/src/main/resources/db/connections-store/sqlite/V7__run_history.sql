-- Tests and imports of connections that have ended, for people to look at. A connection's oldest rows make room for new ones.

CREATE TABLE run_history (
  account_id    TEXT    NOT NULL,
  id            TEXT    NOT NULL,
  connection_id TEXT    NOT NULL,
  kind          TEXT    NOT NULL CHECK (kind IN ('test', 'import')),
  result        TEXT    NOT NULL,                                  -- of a test success or failed; of an import the status of its report
  code          TEXT,                                              -- of what made it fail
  user_id       TEXT    NOT NULL,
  started_at    TEXT    NOT NULL,
  finished_at   TEXT    NOT NULL,
  content       TEXT    NOT NULL,                                  -- JSON: steps and server of a test; counts of an import
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX run_history_of_connection ON run_history (account_id, connection_id, kind, finished_at, id);
CREATE INDEX run_history_by_time ON run_history (account_id, kind, finished_at, id);

PRAGMA user_version = 7;

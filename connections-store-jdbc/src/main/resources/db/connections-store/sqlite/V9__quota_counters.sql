-- What sources last said of their allowances, so that a preview can say what share of one an import takes.

CREATE TABLE quota_counters (
  account_id    TEXT    NOT NULL,
  connection_id TEXT    NOT NULL,                                  -- whose calls heard it
  name          TEXT    NOT NULL,                                  -- what the source calls it
  budget        TEXT,                                              -- shared with other connections of the account, under this name
  used          INTEGER,                                           -- NULL: not said
  allowed       INTEGER,                                           -- NULL: not said
  resets_at     TEXT,                                              -- NULL: not said
  seen_at       TEXT    NOT NULL,
  PRIMARY KEY (account_id, connection_id, name),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX quota_counters_of_budget ON quota_counters (account_id, budget) WHERE budget IS NOT NULL;

PRAGMA user_version = 9;

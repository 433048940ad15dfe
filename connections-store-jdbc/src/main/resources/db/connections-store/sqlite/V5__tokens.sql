-- What connections sign in with at present, where their sources grant tokens. In rows of their own: a
-- refresh is no change of the connection. While one process asks the source, the others wait.

CREATE TABLE connection_tokens (
  account_id            TEXT    NOT NULL CHECK (account_id <> ''),
  connection_id         TEXT    NOT NULL,
  configuration_version INTEGER NOT NULL,                          -- of the connection when they were granted
  tokens                TEXT    NOT NULL DEFAULT '',               -- encrypted; empty: none yet
  key_id                INTEGER REFERENCES secret_keys (key_id),   -- NULL: none yet
  version               INTEGER NOT NULL DEFAULT 0,                -- grows with each write of tokens
  lease_holder          TEXT,                                      -- who asks the source for new ones
  lease_until           INTEGER,                                   -- milliseconds since 1970
  PRIMARY KEY (account_id, connection_id),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE,
  CHECK ((lease_holder IS NULL) = (lease_until IS NULL)),
  CHECK ((tokens = '') = (key_id IS NULL))
) WITHOUT ROWID;

CREATE INDEX connection_tokens_by_key
  ON connection_tokens (key_id, account_id, connection_id) WHERE key_id IS NOT NULL;

CREATE VIEW token_keys AS
  SELECT key_id, account_id FROM connection_tokens WHERE key_id IS NOT NULL;

PRAGMA user_version = 5;

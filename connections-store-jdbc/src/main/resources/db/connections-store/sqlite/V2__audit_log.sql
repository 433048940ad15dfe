-- Who did what to which connection. Names of fields, never a value. Records stay when what they are
-- about is deleted.

CREATE TABLE audit_log (
  account_id    TEXT    NOT NULL CHECK (account_id <> ''),
  sequence      INTEGER NOT NULL,                                  -- 1, 2, 3 ... within the account
  at            TEXT    NOT NULL,
  user_id       TEXT    NOT NULL,
  operation     TEXT    NOT NULL,
  result        TEXT    NOT NULL CHECK (result IN ('allowed', 'denied', 'failed')),
  connection_id TEXT,
  object        TEXT,                                              -- a table, a schema or a feature
  fields        TEXT    NOT NULL DEFAULT '[]',                     -- JSON array of names
  code          TEXT,
  hash          TEXT    NOT NULL,                                  -- SHA-256 over the hash before and this record
  PRIMARY KEY (account_id, sequence)
) WITHOUT ROWID;

CREATE INDEX audit_log_by_time ON audit_log (account_id, at);
CREATE INDEX audit_log_by_connection ON audit_log (account_id, connection_id, sequence);

CREATE TRIGGER audit_log_keeps_records BEFORE UPDATE ON audit_log
BEGIN
  SELECT raise(ABORT, 'records of the audit log are never changed');
END;

CREATE TRIGGER audit_log_loses_no_records BEFORE DELETE ON audit_log
BEGIN
  SELECT raise(ABORT, 'records of the audit log are never deleted');
END;

PRAGMA user_version = 2;

-- The oldest audit records of an account may be cut off. What is left can still be checked: the last that was cut off
-- stays here with its number and hash, and a later record of the log, which is part of the chain, says the same.

CREATE TABLE audit_cuts (
  account_id TEXT    NOT NULL PRIMARY KEY CHECK (account_id <> ''),
  sequence   INTEGER NOT NULL,                                     -- records up to this one were cut off
  hash       TEXT    NOT NULL                                      -- of that record
) WITHOUT ROWID;

DROP TRIGGER audit_log_loses_no_records;

CREATE TRIGGER audit_log_loses_no_records BEFORE DELETE ON audit_log
WHEN NOT EXISTS (SELECT 1 FROM audit_cuts WHERE account_id = OLD.account_id AND sequence >= OLD.sequence)
BEGIN
  SELECT raise(ABORT, 'records of the audit log are never deleted, only cut off');
END;

PRAGMA user_version = 8;

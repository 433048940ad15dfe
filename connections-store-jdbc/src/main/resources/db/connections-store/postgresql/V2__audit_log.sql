-- Who did what to which connection. Names of fields, never a value. Records stay when what they are
-- about is deleted.

CREATE TABLE audit_log (
  account_id    text   COLLATE "C" NOT NULL CHECK (account_id <> ''),
  sequence      bigint NOT NULL,                                   -- 1, 2, 3 ... within the account
  at            moment NOT NULL,
  user_id       text   NOT NULL,
  operation     text   NOT NULL,
  result        text   NOT NULL CHECK (result IN ('allowed', 'denied', 'failed')),
  connection_id text   COLLATE "C",
  object        text,                                              -- a table, a schema or a feature
  fields        text   NOT NULL DEFAULT '[]',                      -- JSON array of names
  code          text,
  hash          text   NOT NULL,                                   -- SHA-256 over the hash before and this record
  PRIMARY KEY (account_id, sequence)
);

CREATE INDEX audit_log_by_time ON audit_log (account_id, at);
CREATE INDEX audit_log_by_connection ON audit_log (account_id, connection_id, sequence);

ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON audit_log TO ${app} USING (true);
CREATE POLICY one_account ON audit_log AS RESTRICTIVE TO ${app}
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT ON audit_log TO ${app};

-- The application may not change or delete records; this keeps their owner from it, too.
CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'records of the audit log are never changed and never deleted';
END
$$;

CREATE TRIGGER audit_log_keeps_records
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();

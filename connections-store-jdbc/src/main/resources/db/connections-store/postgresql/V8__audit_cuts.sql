-- The oldest audit records of an account may be cut off. What is left can still be checked: the last that was cut off
-- stays here with its number and hash, and a later record of the log, which is part of the chain, says the same.

CREATE TABLE audit_cuts (
  account_id text   COLLATE "C" NOT NULL PRIMARY KEY CHECK (account_id <> ''),
  sequence   bigint NOT NULL,                                      -- records up to this one were cut off
  hash       text   NOT NULL                                       -- of that record
);

ALTER TABLE audit_cuts ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_cuts FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON audit_cuts USING (true);
CREATE POLICY one_account ON audit_cuts AS RESTRICTIVE
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT ON audit_cuts TO ${app};

-- The application still may not delete records. It may call this function, which works as the owner, on the rows of the
-- account that its transaction has named.
CREATE POLICY owner_cuts ON audit_log TO CURRENT_USER
  USING (account_id = nullif(current_setting('connections.account', true), ''));

CREATE FUNCTION audit_log_cut(up_to bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = ${schema}, pg_temp AS $$
DECLARE
  account text := nullif(current_setting('connections.account', true), '');
  cut     bigint;
BEGIN
  INSERT INTO audit_cuts (account_id, sequence, hash)
    SELECT account_id, sequence, hash FROM audit_log WHERE account_id = account AND sequence = up_to
    ON CONFLICT (account_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash;
  DELETE FROM audit_log WHERE account_id = account AND sequence <= up_to;
  GET DIAGNOSTICS cut = ROW_COUNT;
  RETURN cut;
END
$$;
REVOKE ALL ON FUNCTION audit_log_cut(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_log_cut(bigint) TO ${app};

DROP TRIGGER audit_log_keeps_records ON audit_log;

CREATE TRIGGER audit_log_keeps_records
  BEFORE UPDATE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse();

CREATE FUNCTION audit_log_refuse_row() RETURNS trigger LANGUAGE plpgsql SET search_path = ${schema}, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_cuts WHERE account_id = OLD.account_id AND sequence >= OLD.sequence) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'records of the audit log are never changed and never deleted, only cut off';
END
$$;

CREATE TRIGGER audit_log_loses_no_records
  BEFORE DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_log_refuse_row();

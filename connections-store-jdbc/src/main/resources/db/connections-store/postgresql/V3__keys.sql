-- Which key the secrets of each row are encrypted with: a rotation counts and finds its rows by it.
-- The keys that the keyset has are listed, so that no row can be written with a key that was retired,
-- and no key can be retired that a row still needs.

CREATE TABLE secret_keys (
  key_id bigint PRIMARY KEY                                        -- a number; the keys are in the keyset
);
GRANT SELECT, INSERT, DELETE ON secret_keys TO ${app};

ALTER TABLE connections ADD COLUMN key_id bigint REFERENCES secret_keys (key_id);  -- NULL: nothing is encrypted

CREATE INDEX connections_by_key ON connections (key_id, account_id, id) WHERE key_id IS NOT NULL;

-- A rotation looks over all accounts. What it sees of them is this view: keys and accounts, nothing else. The view reads
-- as its owner, whom this policy lets read.
CREATE POLICY owner_reads ON connections FOR SELECT TO CURRENT_USER USING (true);
CREATE VIEW connection_keys AS
  SELECT key_id, account_id FROM connections WHERE key_id IS NOT NULL;
GRANT SELECT ON connection_keys TO ${app};

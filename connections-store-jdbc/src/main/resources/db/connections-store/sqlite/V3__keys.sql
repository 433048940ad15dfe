-- Which key the secrets of each row are encrypted with: a rotation counts and finds its rows by it.
-- The keys that the keyset has are listed, so that no row can be written with a key that was retired,
-- and no key can be retired that a row still needs.

CREATE TABLE secret_keys (
  key_id INTEGER PRIMARY KEY                                       -- a number; the keys are in the keyset
);

INSERT INTO secret_keys (key_id)
  SELECT json_extract(entry.value, '$.keyId')
  FROM (SELECT encrypted FROM keyset WHERE json_valid(encrypted)) AS present,
       json_each(present.encrypted, '$.keysetInfo.keyInfo') AS entry;

ALTER TABLE connections ADD COLUMN key_id INTEGER REFERENCES secret_keys (key_id);  -- NULL: nothing is encrypted

-- Until now a store had one key.
UPDATE connections SET key_id = (SELECT min(key_id) FROM secret_keys)
  WHERE instr(configuration, '"sealed:1:') > 0;

CREATE INDEX connections_by_key ON connections (key_id, account_id, id) WHERE key_id IS NOT NULL;

-- What a rotation sees where it looks over all accounts.
CREATE VIEW connection_keys AS
  SELECT key_id, account_id FROM connections WHERE key_id IS NOT NULL;

PRAGMA user_version = 3;

-- What connections sign in with at present, where their sources grant tokens. In rows of their own: a
-- refresh is no change of the connection. While one process asks the source, the others wait.

CREATE TABLE connection_tokens (
  account_id            text    COLLATE "C" NOT NULL CHECK (account_id <> ''),
  connection_id         text    COLLATE "C" NOT NULL,
  configuration_version bigint  NOT NULL,                          -- of the connection when they were granted
  tokens                text    NOT NULL DEFAULT '',               -- encrypted; empty: none yet
  key_id                bigint  REFERENCES secret_keys (key_id),   -- NULL: none yet
  version               bigint  NOT NULL DEFAULT 0,                -- grows with each write of tokens
  lease_holder          text,                                      -- who asks the source for new ones
  lease_until           bigint,                                    -- milliseconds since 1970
  PRIMARY KEY (account_id, connection_id),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE,
  CHECK ((lease_holder IS NULL) = (lease_until IS NULL)),
  CHECK ((tokens = '') = (key_id IS NULL))
);

CREATE INDEX connection_tokens_by_key
  ON connection_tokens (key_id, account_id, connection_id) WHERE key_id IS NOT NULL;

ALTER TABLE connection_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON connection_tokens TO ${app} USING (true);
CREATE POLICY one_account ON connection_tokens AS RESTRICTIVE TO ${app}
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_tokens TO ${app};

CREATE POLICY owner_reads ON connection_tokens FOR SELECT TO CURRENT_USER USING (true);
CREATE VIEW token_keys AS
  SELECT key_id, account_id FROM connection_tokens WHERE key_id IS NOT NULL;
GRANT SELECT ON token_keys TO ${app};

-- What sources last said of their allowances, so that a preview can say what share of one an import takes.

CREATE TABLE quota_counters (
  account_id    text   COLLATE "C" NOT NULL,
  connection_id text   COLLATE "C" NOT NULL,                       -- whose calls heard it
  name          text   COLLATE "C" NOT NULL,                       -- what the source calls it
  budget        text   COLLATE "C",                                -- shared with other connections of the account, under this name
  used          bigint,                                            -- NULL: not said
  allowed       bigint,                                            -- NULL: not said
  resets_at     moment,                                            -- NULL: not said
  seen_at       moment NOT NULL,
  PRIMARY KEY (account_id, connection_id, name),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX quota_counters_of_budget ON quota_counters (account_id, budget) WHERE budget IS NOT NULL;

ALTER TABLE quota_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE quota_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON quota_counters TO ${app} USING (true);
CREATE POLICY one_account ON quota_counters AS RESTRICTIVE TO ${app}
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON quota_counters TO ${app};

-- Tests and imports of connections that have ended, for people to look at. A connection's oldest rows make room for new ones.

CREATE TABLE run_history (
  account_id    text   COLLATE "C" NOT NULL,
  id            text   COLLATE "C" NOT NULL,
  connection_id text   COLLATE "C" NOT NULL,
  kind          text   COLLATE "C" NOT NULL CHECK (kind IN ('test', 'import')),
  result        text   NOT NULL,                                   -- of a test success or failed; of an import the status of its report
  code          text,                                              -- of what made it fail
  user_id       text   NOT NULL,
  started_at    moment NOT NULL,
  finished_at   moment NOT NULL,
  content       text   NOT NULL,                                   -- JSON: steps and server of a test; counts of an import
  PRIMARY KEY (account_id, id),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX run_history_of_connection ON run_history (account_id, connection_id, kind, finished_at, id);
CREATE INDEX run_history_by_time ON run_history (account_id, kind, finished_at, id);

ALTER TABLE run_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_history FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON run_history TO ${app} USING (true);
CREATE POLICY one_account ON run_history AS RESTRICTIVE TO ${app}
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, DELETE ON run_history TO ${app};

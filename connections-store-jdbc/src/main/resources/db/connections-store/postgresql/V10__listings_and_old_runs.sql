-- What listings of tables have shown, for all nodes; old runs of any connection.

CREATE TABLE connection_listing_cache (
  account_id            text     COLLATE "C" NOT NULL,
  connection_id         text     COLLATE "C" NOT NULL,
  configuration_version bigint   NOT NULL,                         -- with which it was read; found with no other
  schema_key            text     COLLATE "C" NOT NULL,             -- JSON array: catalog or null, schema
  page_key              text     COLLATE "C" NOT NULL,             -- SHA-256 of what was asked for
  content               text     NOT NULL,                         -- JSON: what was asked for, and the page of tables
  cached_at             moment   NOT NULL,                         -- when its source was asked
  expires_at            moment   NOT NULL,
  stale                 smallint NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),  -- 1: it is otherwise by now
  PRIMARY KEY (account_id, connection_id, schema_key, page_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX connection_listing_cache_by_expiry ON connection_listing_cache (account_id, connection_id, expires_at);

ALTER TABLE connection_listing_cache ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_listing_cache FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON connection_listing_cache TO ${app} USING (true);
CREATE POLICY one_account ON connection_listing_cache AS RESTRICTIVE TO ${app}
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_listing_cache TO ${app};

-- Runs that are too old go also where their connection has none any more. Which accounts have such, this view shows and
-- nothing else. It reads as its owner, whom this policy lets read.
CREATE INDEX run_history_by_age ON run_history (finished_at, account_id);
CREATE POLICY owner_reads ON run_history FOR SELECT TO CURRENT_USER USING (true);
CREATE VIEW run_history_ages AS SELECT finished_at, account_id FROM run_history;
GRANT SELECT ON run_history_ages TO ${app};

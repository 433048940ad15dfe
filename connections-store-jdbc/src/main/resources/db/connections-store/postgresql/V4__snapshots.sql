-- The tables of each connection as its imports have found them, for the next import to compare with.

-- Who does something that only one may do at a time. A row stays when its holder is gone, so that numbers never come again.
CREATE TABLE leases (
  account_id    text   COLLATE "C" NOT NULL CHECK (account_id <> ''),
  name          text   COLLATE "C" NOT NULL,
  connection_id text   COLLATE "C",                                -- NULL: of the account
  token         bigint NOT NULL,                                   -- grows with each holder
  until         bigint NOT NULL,                                   -- milliseconds since 1970 by this database's clock
  PRIMARY KEY (account_id, name),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX leases_of_connection ON leases (account_id, connection_id);

ALTER TABLE leases ENABLE ROW LEVEL SECURITY;
ALTER TABLE leases FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON leases USING (true);
CREATE POLICY one_account ON leases AS RESTRICTIVE
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON leases TO ${app};

CREATE TABLE snapshots (
  account_id    text   COLLATE "C" NOT NULL,
  connection_id text   COLLATE "C" NOT NULL,
  taken_at      moment NOT NULL,
  coverage      text   NOT NULL,                                   -- JSON; what the imports looked for
  PRIMARY KEY (account_id, connection_id),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

ALTER TABLE snapshots ENABLE ROW LEVEL SECURITY;
ALTER TABLE snapshots FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON snapshots USING (true);
CREATE POLICY one_account ON snapshots AS RESTRICTIVE
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshots TO ${app};

CREATE TABLE snapshot_tables (
  account_id    text   COLLATE "C" NOT NULL,
  connection_id text   COLLATE "C" NOT NULL,
  table_key     text   COLLATE "C" NOT NULL,                       -- JSON array: catalog or null, schema, table
  kind          text   NOT NULL,
  content       bytea  NOT NULL,                                   -- a version byte, then JSON, deflated; empty: the name only
  PRIMARY KEY (account_id, connection_id, table_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

ALTER TABLE snapshot_tables ALTER COLUMN content SET STORAGE EXTERNAL;  -- it is deflated already

ALTER TABLE snapshot_tables ENABLE ROW LEVEL SECURITY;
ALTER TABLE snapshot_tables FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON snapshot_tables USING (true);
CREATE POLICY one_account ON snapshot_tables AS RESTRICTIVE
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshot_tables TO ${app};

-- What an import writes, until it has come to its end.
CREATE TABLE snapshot_changes (
  account_id    text   COLLATE "C" NOT NULL,
  connection_id text   COLLATE "C" NOT NULL,
  table_key     text   COLLATE "C" NOT NULL,
  kind          text   NOT NULL,
  content       bytea,                                             -- NULL: the table is gone
  PRIMARY KEY (account_id, connection_id, table_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

ALTER TABLE snapshot_changes ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE snapshot_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE snapshot_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON snapshot_changes USING (true);
CREATE POLICY one_account ON snapshot_changes AS RESTRICTIVE
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshot_changes TO ${app};

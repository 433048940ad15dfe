-- Connections of all accounts, and the keyset their secrets are encrypted with.
-- The role that runs this script owns the tables. The application works as another role, ${app}, which gets what is granted
-- here and nothing else. Row-level security shows it the rows of one account at a time: the one that its transaction
-- has named in the setting connections.account. Where none is named, there are no rows.

GRANT USAGE ON SCHEMA ${schema} TO ${app};
GRANT SELECT ON schema_history TO ${app};

-- A time as text in UTC with nine decimals, so that its order as text is its order in time. "moment::timestamptz" reads it.
CREATE DOMAIN moment AS text COLLATE "C"
  CHECK (VALUE ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$');

CREATE TABLE connections (
  account_id            text             COLLATE "C" NOT NULL CHECK (account_id <> ''),
  id                    text             COLLATE "C" NOT NULL,
  workspace_id          text             CHECK (workspace_id <> ''),  -- NULL: the whole account's
  name                  text             NOT NULL,
  name_key              text             COLLATE "C" NOT NULL,        -- the name in lower case; lists are sorted by it
  description           text,
  search_text           text             NOT NULL,                    -- name and description in lower case
  type                  text             NOT NULL,                    -- as the user spelled it
  type_key              text             NOT NULL,                    -- in lower case
  configuration         text             NOT NULL,                    -- JSON; every protected value is encrypted
  configuration_format  integer          NOT NULL,                    -- version of the type's specification
  configuration_version bigint           NOT NULL DEFAULT 1,          -- grows with each change of the configuration
  active                boolean          NOT NULL DEFAULT true,
  test_status           text             NOT NULL DEFAULT 'untested'
                                         CHECK (test_status IN ('untested', 'pending', 'success', 'failed')),
  test_message          text,
  last_tested_at        moment,
  pending_test          text,                                         -- name of the test that is running
  pending_until         moment,                                       -- when it counts as given up
  import_settings       text,                                         -- JSON; options of the last import
  last_import_at        moment,
  import_rate           double precision,                             -- tables in a second, of the last import that read any
  owner_id              text             NOT NULL,
  visibility            text             NOT NULL DEFAULT 'private'
                                         CHECK (visibility IN ('public', 'private', 'locked')),
  is_locked             boolean          NOT NULL DEFAULT false,
  created_by            text             NOT NULL,
  created_at            moment           NOT NULL,
  updated_at            moment           NOT NULL,
  version               bigint           NOT NULL DEFAULT 1,          -- grows with each change by a user
  PRIMARY KEY (account_id, id),
  CHECK ((pending_test IS NULL) = (pending_until IS NULL))
);

-- A name is unique within account and workspace, also among those without a workspace.
CREATE UNIQUE INDEX connections_name_in_workspace
  ON connections (account_id, workspace_id, name) WHERE workspace_id IS NOT NULL;
CREATE UNIQUE INDEX connections_name_in_account
  ON connections (account_id, name) WHERE workspace_id IS NULL;

-- One for each order of a list.
CREATE INDEX connections_by_name ON connections (account_id, name_key, id);
CREATE INDEX connections_by_creation ON connections (account_id, created_at, id);
CREATE INDEX connections_by_test ON connections
  (account_id, (CASE WHEN last_tested_at IS NULL THEN '1970-01-01T00:00:00.000000000Z' ELSE last_tested_at END), id);

-- The first policy lets the application see rows at all; the second, which no further policy widens, narrows them to
-- one account. Any other role that isn't a superuser sees none, the owner included.
ALTER TABLE connections ENABLE ROW LEVEL SECURITY;
ALTER TABLE connections FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON connections TO ${app} USING (true);
CREATE POLICY one_account ON connections AS RESTRICTIVE TO ${app}
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON connections TO ${app};

-- Useless without the key of the host's key source. It is that of all accounts.
CREATE TABLE keyset (
  id        integer PRIMARY KEY CHECK (id = 1),
  encrypted text    NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON keyset TO ${app};

-- Connections of all accounts, and the keyset their secrets are encrypted with.
-- Times are text in UTC with nine decimals, so that their order as text is their order in time.

CREATE TABLE connections (
  account_id            TEXT    NOT NULL CHECK (account_id <> ''),
  id                    TEXT    NOT NULL,
  workspace_id          TEXT    CHECK (workspace_id <> ''),        -- NULL: the whole account's
  name                  TEXT    NOT NULL,
  name_key              TEXT    NOT NULL,                          -- the name in lower case; lists are sorted by it
  description           TEXT,
  search_text           TEXT    NOT NULL,                          -- name and description in lower case
  type                  TEXT    NOT NULL,                          -- as the user spelled it
  type_key              TEXT    NOT NULL,                          -- in lower case
  configuration         TEXT    NOT NULL,                          -- JSON; every protected value is encrypted
  configuration_format  INTEGER NOT NULL,                          -- version of the type's specification
  configuration_version INTEGER NOT NULL DEFAULT 1,                -- grows with each change of the configuration
  active                INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  test_status           TEXT    NOT NULL DEFAULT 'untested'
                                CHECK (test_status IN ('untested', 'pending', 'success', 'failed')),
  test_message          TEXT,
  last_tested_at        TEXT,
  pending_test          TEXT,                                      -- name of the test that is running
  pending_until         TEXT,                                      -- when it counts as given up
  import_settings       TEXT,                                      -- JSON; options of the last import
  last_import_at        TEXT,
  import_rate           REAL,                                      -- tables in a second, of the last import that read any
  owner_id              TEXT    NOT NULL,
  visibility            TEXT    NOT NULL DEFAULT 'private'
                                CHECK (visibility IN ('public', 'private', 'locked')),
  is_locked             INTEGER NOT NULL DEFAULT 0 CHECK (is_locked IN (0, 1)),
  created_by            TEXT    NOT NULL,
  created_at            TEXT    NOT NULL,
  updated_at            TEXT    NOT NULL,
  version               INTEGER NOT NULL DEFAULT 1,                -- grows with each change by a user
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
CREATE INDEX connections_by_test
  ON connections (account_id, coalesce(last_tested_at, '1970-01-01T00:00:00.000000000Z'), id);

-- Useless without the key of the host's key source.
CREATE TABLE keyset (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  encrypted TEXT NOT NULL
);

PRAGMA user_version = 1;

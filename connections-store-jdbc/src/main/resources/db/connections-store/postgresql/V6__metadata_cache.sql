-- Metadata that was read from sources lately, for all nodes: one row for each schema and each table.

ALTER TABLE connections ADD COLUMN metadata_expiry bigint;                  -- seconds to keep metadata; NULL: the usual time
ALTER TABLE connections ADD COLUMN metadata_version bigint NOT NULL DEFAULT 1;  -- grows when kept metadata isn't to be given any more

CREATE TABLE connection_metadata_cache (
  account_id            text     COLLATE "C" NOT NULL,
  connection_id         text     COLLATE "C" NOT NULL,
  configuration_version bigint   NOT NULL,                         -- with which it was read; found with no other
  object_type           text     NOT NULL CHECK (object_type IN ('schema', 'table')),
  object_key            text     COLLATE "C" NOT NULL,             -- JSON array: catalog or null, schema, and of a table its name
  content               text     NOT NULL,                         -- JSON
  cached_at             moment   NOT NULL,                         -- when its source was asked
  expires_at            moment   NOT NULL,
  stale                 smallint NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),  -- 1: it is otherwise by now
  PRIMARY KEY (account_id, connection_id, object_type, object_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX connection_metadata_cache_by_expiry ON connection_metadata_cache (account_id, connection_id, expires_at);

ALTER TABLE connection_metadata_cache ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_metadata_cache FORCE ROW LEVEL SECURITY;
CREATE POLICY some_account ON connection_metadata_cache USING (true);
CREATE POLICY one_account ON connection_metadata_cache AS RESTRICTIVE
  USING (account_id = nullif(current_setting('connections.account', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_metadata_cache TO ${app};

-- Everything by its name. A table's row holds its columns, indexes and constraints; here each is a row of its own.
CREATE VIEW connection_metadata AS
  SELECT account_id, connection_id, object_type AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         CAST(NULL AS text) AS object_name, content AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache
  UNION ALL
  SELECT account_id, connection_id, 'column' AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         part.value ->> 'name' AS object_name, CAST(part.value AS text) AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_array_elements(CAST(content AS json) -> 'columns') AS part (value) WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'index' AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         part.value ->> 'name' AS object_name, CAST(part.value AS text) AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_array_elements(CAST(content AS json) -> 'indexes') AS part (value) WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         part.value ->> 'name' AS object_name, CAST(part.value AS text) AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_array_elements(CAST(content AS json) -> 'uniqueKeys') AS part (value) WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         part.value ->> 'name' AS object_name, CAST(part.value AS text) AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_array_elements(CAST(content AS json) -> 'foreignKeys') AS part (value) WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         part.value ->> 'name' AS object_name, CAST(part.value AS text) AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_array_elements(CAST(content AS json) -> 'checks') AS part (value) WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, CAST(object_key AS json) ->> 0 AS catalog_name, CAST(object_key AS json) ->> 1 AS schema_name, CAST(object_key AS json) ->> 2 AS table_name,
         CAST(content AS json) -> 'primaryKey' ->> 'name' AS object_name, CAST(CAST(content AS json) -> 'primaryKey' AS text) AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache WHERE object_type = 'table' AND CAST(CAST(content AS json) -> 'primaryKey' AS text) IS NOT NULL;
GRANT SELECT ON connection_metadata TO ${app};

-- Metadata that was read from sources lately, for all nodes: one row for each schema and each table.

ALTER TABLE connections ADD COLUMN metadata_expiry INTEGER;                  -- seconds to keep metadata; NULL: the usual time
ALTER TABLE connections ADD COLUMN metadata_version INTEGER NOT NULL DEFAULT 1;  -- grows when kept metadata isn't to be given any more

CREATE TABLE connection_metadata_cache (
  account_id            TEXT    NOT NULL,
  connection_id         TEXT    NOT NULL,
  configuration_version INTEGER NOT NULL,                          -- with which it was read; found with no other
  object_type           TEXT    NOT NULL CHECK (object_type IN ('schema', 'table')),
  object_key            TEXT    NOT NULL,                          -- JSON array: catalog or null, schema, and of a table its name
  content               TEXT    NOT NULL,                          -- JSON
  cached_at             TEXT    NOT NULL,                          -- when its source was asked
  expires_at            TEXT    NOT NULL,
  stale                 INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),  -- 1: it is otherwise by now
  PRIMARY KEY (account_id, connection_id, object_type, object_key),
  FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id) ON DELETE CASCADE
);

CREATE INDEX connection_metadata_cache_by_expiry ON connection_metadata_cache (account_id, connection_id, expires_at);

-- Everything by its name. A table's row holds its columns, indexes and constraints; here each is a row of its own.
CREATE VIEW connection_metadata AS
  SELECT account_id, connection_id, object_type AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         CAST(NULL AS text) AS object_name, content AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache
  UNION ALL
  SELECT account_id, connection_id, 'column' AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         json_extract(part.value, '$.name') AS object_name, part.value AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_each(content, '$.columns') AS part WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'index' AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         json_extract(part.value, '$.name') AS object_name, part.value AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_each(content, '$.indexes') AS part WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         json_extract(part.value, '$.name') AS object_name, part.value AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_each(content, '$.uniqueKeys') AS part WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         json_extract(part.value, '$.name') AS object_name, part.value AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_each(content, '$.foreignKeys') AS part WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         json_extract(part.value, '$.name') AS object_name, part.value AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache, json_each(content, '$.checks') AS part WHERE object_type = 'table'
  UNION ALL
  SELECT account_id, connection_id, 'constraint' AS object_type, json_extract(object_key, '$[0]') AS catalog_name, json_extract(object_key, '$[1]') AS schema_name, json_extract(object_key, '$[2]') AS table_name,
         json_extract(content, '$.primaryKey.name') AS object_name, json_extract(content, '$.primaryKey') AS content, cached_at, expires_at, stale
  FROM connection_metadata_cache WHERE object_type = 'table' AND json_extract(content, '$.primaryKey') IS NOT NULL;

PRAGMA user_version = 6;

-- The views of SQL Server's catalog that the adapter reads, as tables of H2.
create schema sys;
create schema cdc;
create table sys.databases (name nvarchar(128), is_cdc_enabled bit);
create table sys.schemas (schema_id int, name nvarchar(128));
create table sys.tables (object_id int primary key, schema_id int, name nvarchar(128), type char(2),
  is_ms_shipped bit, temporal_type int, history_table_id int, is_tracked_by_cdc bit,
  is_memory_optimized bit, durability_desc nvarchar(60), is_external bit, is_node bit, is_edge bit,
  ledger_type int, is_filetable bit);
create table sys.views (object_id int primary key, schema_id int, name nvarchar(128), type char(2),
  is_ms_shipped bit);
create table sys.objects (object_id int primary key, name nvarchar(128), parent_object_id int,
  type char(2), schema_id int, is_ms_shipped bit);
create table sys.triggers (object_id int primary key, parent_id int, parent_class int,
  name nvarchar(128), is_instead_of_trigger bit, is_disabled bit);
create table sys.trigger_events (object_id int, type_desc nvarchar(128));
create table sys.database_principals (principal_id int, name nvarchar(128));
create table sys.synonyms (object_id int, name nvarchar(128), schema_id int,
  base_object_name nvarchar(1035));
create table sys.sequences (object_id int, name nvarchar(128), schema_id int, user_type_id int,
  start_value bigint, increment bigint, minimum_value bigint, maximum_value bigint,
  is_cycling bit);
create table sys.change_tracking_tables (object_id int);
create table sys.partitions (object_id int, index_id int, partition_number int, hobt_id bigint,
  rows bigint);
create table sys.allocation_units (container_id bigint, total_pages bigint);
create table sys.types (user_type_id int primary key, system_type_id int, schema_id int,
  name nvarchar(128), is_user_defined bit, is_assembly_type bit);
create table sys.columns (object_id int, column_id int, name nvarchar(128), system_type_id int,
  user_type_id int, max_length int, precision int, scale int, collation_name nvarchar(128),
  is_nullable bit, is_identity bit, is_computed bit, is_rowguidcol bit, is_sparse bit,
  is_column_set bit, is_filestream bit, is_masked bit, is_hidden bit, generated_always_type int,
  encryption_type_desc nvarchar(60), primary key (object_id, column_id));
create table sys.identity_columns (object_id int, column_id int, seed_value nvarchar(60),
  increment_value nvarchar(60));
create table sys.computed_columns (object_id int, column_id int, definition nvarchar(4000),
  is_persisted bit);
create table sys.masked_columns (object_id int, column_id int, masking_function nvarchar(4000));
create table sys.default_constraints (object_id int, parent_object_id int, parent_column_id int,
  name nvarchar(128), definition nvarchar(4000));
create table sys.sensitivity_classifications (class int, major_id int, minor_id int,
  label nvarchar(128), information_type nvarchar(128), rank_desc nvarchar(60));
create table sys.indexes (object_id int, index_id int, name nvarchar(128), type_desc nvarchar(60),
  is_unique bit, is_primary_key bit, is_unique_constraint bit, is_disabled bit,
  is_hypothetical bit, filter_definition nvarchar(4000), data_space_id int);
create table sys.index_columns (object_id int, index_id int, index_column_id int, column_id int,
  key_ordinal int, partition_ordinal int, is_descending_key bit, is_included_column bit);
create table sys.partition_schemes (data_space_id int, name nvarchar(128), function_id int);
create table sys.partition_functions (function_id int, type_desc nvarchar(60), fanout int);
create table sys.foreign_keys (object_id int, parent_object_id int, name nvarchar(128),
  update_referential_action_desc nvarchar(60), delete_referential_action_desc nvarchar(60),
  is_disabled bit, is_not_trusted bit);
create table sys.foreign_key_columns (constraint_object_id int, constraint_column_id int,
  parent_object_id int, parent_column_id int, referenced_object_id int, referenced_column_id int);
create table sys.check_constraints (object_id int, parent_object_id int, name nvarchar(128),
  definition nvarchar(4000), is_disabled bit, is_not_trusted bit);
create table sys.extended_properties (class int, major_id int, minor_id int, name nvarchar(128),
  value nvarchar(4000));
create table sys.sql_modules (object_id int, definition nvarchar(100000));
create table cdc.change_tables (object_id int, source_object_id int, capture_instance nvarchar(128));
create table cdc.captured_columns (object_id int, column_name nvarchar(128), column_ordinal int);
create index sys.columns_type on sys.columns (user_type_id);
create index sys.identity_column on sys.identity_columns (object_id, column_id);
create index sys.computed_column on sys.computed_columns (object_id, column_id);
create index sys.masked_column on sys.masked_columns (object_id, column_id);
create index sys.default_column on sys.default_constraints (parent_object_id, parent_column_id);
create index sys.sensitive_column on sys.sensitivity_classifications (major_id, minor_id);
create index sys.partition on sys.partitions (object_id);
create index sys.allocation on sys.allocation_units (container_id);
create index sys.index_column on sys.index_columns (object_id, index_id);
create index sys.property on sys.extended_properties (major_id, class, minor_id);
create index sys.key_column on sys.foreign_key_columns (constraint_object_id);
create index sys.tracked on sys.change_tracking_tables (object_id);
create table sys.all_views as
  select row_number() over () as object_id, lower(TABLE_NAME) as name
  from INFORMATION_SCHEMA.TABLES where lower(TABLE_SCHEMA) = 'sys';
create table sys.all_columns as
  select v.object_id, lower(c.COLUMN_NAME) as name
  from INFORMATION_SCHEMA.COLUMNS c
  join sys.all_views v on v.name = lower(c.TABLE_NAME)
  where lower(c.TABLE_SCHEMA) = 'sys';

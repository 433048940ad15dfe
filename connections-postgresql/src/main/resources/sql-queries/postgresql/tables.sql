select c.oid::bigint,
       n.nspname,
       c.relname,
       c.relkind::text,
       pg_catalog.obj_description(c.oid, 'pg_class'),
       c.reltuples::bigint,
       case when c.relkind in ('r', 'm')
            then c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint end,
       pg_catalog.pg_get_userbyid(c.relowner)::text,
       c.relpersistence::text,
       c.relrowsecurity
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  and (pg_catalog.has_table_privilege(c.oid, 'SELECT')
    or pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))
--@selection
--@page

select c.oid::bigint,
       n.nspname,
       c.relname,
       c.relkind::text,
       s.description,
       c.reltuples::bigint,
       case when c.relkind in ('r', 'm')
            then c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint end,
       pg_catalog.pg_get_userbyid(c.relowner)::text,
       c.relpersistence::text,
       c.relrowsecurity,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE'),
       pg_catalog.has_table_privilege(c.oid, 'SELECT')
         or pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_description s
       on s.objoid = c.oid and s.objsubid = 0 and s.classoid = 'pg_catalog.pg_class'::regclass
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
--@selection
--@page

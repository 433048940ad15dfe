select n.nspname,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE'),
       count(*)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and not (pg_catalog.has_schema_privilege(n.oid, 'USAGE')
    and (pg_catalog.has_table_privilege(c.oid, 'SELECT')
      or pg_catalog.has_any_column_privilege(c.oid, 'SELECT')))
group by n.oid, n.nspname
order by n.nspname

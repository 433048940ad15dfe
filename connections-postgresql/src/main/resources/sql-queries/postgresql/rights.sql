-- Of the first thousand tables only, so that the cost doesn't grow with the database.
select count(*),
       count(*) filter (where pg_catalog.has_schema_privilege(s.relnamespace, 'USAGE')
         and (pg_catalog.has_table_privilege(s.oid, 'SELECT')
           or pg_catalog.has_any_column_privilege(s.oid, 'SELECT')))
from (select c.oid, c.relnamespace
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f')
        and n.nspname !~ '^pg_'
        and n.nspname <> 'information_schema'
      limit 1000) s

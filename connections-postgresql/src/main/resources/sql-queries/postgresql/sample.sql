select a.attname
from pg_catalog.pg_attribute a
where a.attrelid = (select c.oid
                    from pg_catalog.pg_class c
                    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                    where c.relkind in ('r', 'p', 'v', 'm', 'f')
                      and n.nspname !~ '^pg_'
                      and n.nspname <> 'information_schema'
                      and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                      and pg_catalog.has_table_privilege(c.oid, 'SELECT')
                    limit 1)
  and a.attnum > 0
  and not a.attisdropped

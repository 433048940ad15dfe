select c.oid::bigint,
       pg_catalog.pg_get_viewdef(c.oid, true)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm')
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
--@selection
order by c.oid

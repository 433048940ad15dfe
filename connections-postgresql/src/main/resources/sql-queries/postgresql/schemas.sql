select n.nspname,
       pg_catalog.obj_description(n.oid, 'pg_namespace')
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
--@schema

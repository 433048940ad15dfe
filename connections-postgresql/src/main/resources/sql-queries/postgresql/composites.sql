select t.oid::bigint,
       a.attname,
       a.atttypid::bigint,
       a.atttypmod,
       pg_catalog.format_type(a.atttypid, a.atttypmod)
from pg_catalog.pg_type t
join pg_catalog.pg_class c on c.oid = t.typrelid and c.relkind = 'c'
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
order by t.oid, a.attnum

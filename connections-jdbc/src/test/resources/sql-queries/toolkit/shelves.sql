select a.attrelid::bigint,
       a.attname,
       format_type(a.atttypid, a.atttypmod)
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname ~ '^shelf'
  and a.attnum > 0
order by a.attrelid, a.attnum

select t.oid::bigint,
       n.nspname,
       t.typname,
       t.typtype::text,
       t.typbasetype::bigint,
       t.typtypmod,
       t.typelem::bigint,
       t.typcategory::text,
       pg_catalog.format_type(t.oid, null),
       case when t.typbasetype <> 0 then pg_catalog.format_type(t.typbasetype, t.typtypmod) end,
       case when t.typtype = 'e' then
         array(select e.enumlabel::text from pg_catalog.pg_enum e
               where e.enumtypid = t.oid order by e.enumsortorder) end,
       t.typnotnull,
       case when t.typtype = 'd' then
         array(select pg_catalog.pg_get_expr(k.conbin, 0) from pg_catalog.pg_constraint k
               where k.contypid = t.oid and k.contype = 'c' order by k.conname) end,
       case when t.typtype = 'c' then
         array(select a.attname::text from pg_catalog.pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
               order by a.attnum) end,
       case when t.typtype = 'c' then
         array(select a.atttypid::text from pg_catalog.pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
               order by a.attnum) end,
       case when t.typtype = 'c' then
         array(select a.atttypmod::text from pg_catalog.pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
               order by a.attnum) end,
       case when t.typtype = 'c' then
         array(select pg_catalog.format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
               order by a.attnum) end
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_type e on e.oid = t.typelem
where not exists (select 1 from pg_catalog.pg_class c
                  where c.oid = t.typrelid and c.relkind <> 'c')
  and not exists (select 1 from pg_catalog.pg_class b
                  where b.oid = e.typrelid and b.relkind <> 'c')
--@selection

select k.conrelid::bigint,
       k.conname,
       array(select a.attname::text
             from unnest(k.conkey) with ordinality u(attnum, place)
             join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum
             order by u.place),
       n.nspname,
       c.relname,
       array(select a.attname::text
             from unnest(k.confkey) with ordinality u(attnum, place)
             join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum
             order by u.place),
       k.confupdtype::text,
       k.confdeltype::text,
       k.convalidated
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.confrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where k.contype = 'f'
  -- Not the copies that a partitioned target has for each of its partitions.
  and not exists (select 1 from pg_catalog.pg_constraint p
                  where p.oid = k.conparentid and p.conrelid = k.conrelid)
--@selection
order by k.conrelid, k.conname

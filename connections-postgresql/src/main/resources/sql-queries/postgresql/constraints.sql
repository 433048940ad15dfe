select k.conrelid::bigint,
       k.contype::text,
       k.conname,
       k.conkey::text,
       case k.contype when 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid, true)
                      when 'x' then pg_catalog.pg_get_constraintdef(k.oid, true) end,
       n.nspname,
       c.relname,
       case k.contype when 'f' then
         array(select a.attname::text
               from unnest(k.confkey) with ordinality u(attnum, place)
               join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum
               order by u.place) end,
       k.confupdtype::text,
       k.confdeltype::text,
       k.convalidated,
       s.description
from pg_catalog.pg_constraint k
left join pg_catalog.pg_class c on c.oid = k.confrelid
left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join lateral
      (select e.description from pg_catalog.pg_description e
       where e.objoid = k.oid and e.objsubid = 0
         and e.classoid = 'pg_catalog.pg_constraint'::regclass
--@descriptions
      ) s on true
where k.conrelid <> 0
  and k.contype in ('p', 'u', 'x', 'c', 'f')
  -- Not the copies that a partitioned target has for each of its partitions.
  and not (k.contype = 'f'
    and exists (select 1 from pg_catalog.pg_constraint p
                where p.oid = k.conparentid and p.conrelid = k.conrelid))
--@selection
order by k.conrelid, k.conname

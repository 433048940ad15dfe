select k.conrelid::bigint,
       k.conname,
       k.contype = 'p',
       array(select a.attname::text
             from unnest(k.conkey) with ordinality u(attnum, place)
             join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum
             order by u.place)
from pg_catalog.pg_constraint k
where k.contype in ('p', 'u')
--@selection
order by k.conrelid, k.conname

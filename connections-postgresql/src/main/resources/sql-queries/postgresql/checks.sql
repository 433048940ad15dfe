select k.conrelid::bigint,
       k.conname,
       pg_catalog.pg_get_expr(k.conbin, k.conrelid, true)
from pg_catalog.pg_constraint k
where k.contype = 'c'
  and k.conrelid <> 0
--@selection
order by k.conrelid, k.conname

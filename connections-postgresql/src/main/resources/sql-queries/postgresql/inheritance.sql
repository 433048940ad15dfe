select h.inhrelid::bigint,
       n.nspname,
       c.relname,
       t.relispartition,
       pg_catalog.pg_get_expr(t.relpartbound, t.oid)
from pg_catalog.pg_inherits h
join pg_catalog.pg_class t on t.oid = h.inhrelid and t.relkind in ('r', 'p', 'f')
join pg_catalog.pg_class c on c.oid = h.inhparent
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where true
--@selection
order by h.inhrelid, h.inhseqno

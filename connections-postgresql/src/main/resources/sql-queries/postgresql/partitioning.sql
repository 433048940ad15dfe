-- A row for each parent of a table, and one for a partitioned table without.
select c.oid::bigint,
       n.nspname,
       t.relname,
       c.relispartition,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid),
       p.partstrat::text,
       array(select coalesce(a.attname::text, '(expression)')
             from unnest(p.partattrs::int2[]) with ordinality u(attnum, place)
             left join pg_catalog.pg_attribute a
                    on a.attrelid = p.partrelid and a.attnum = u.attnum and a.attnum > 0
             order by u.place),
       pg_catalog.pg_get_partkeydef(p.partrelid),
       (select count(*) from pg_catalog.pg_inherits k where k.inhparent = p.partrelid)
from pg_catalog.pg_class c
left join pg_catalog.pg_inherits h on h.inhrelid = c.oid
left join pg_catalog.pg_class t on t.oid = h.inhparent
left join pg_catalog.pg_namespace n on n.oid = t.relnamespace
left join pg_catalog.pg_partitioned_table p on p.partrelid = c.oid
where c.relkind in ('r', 'p', 'f')
  and (h.inhrelid is not null or p.partrelid is not null)
--@selection
order by c.oid, h.inhseqno

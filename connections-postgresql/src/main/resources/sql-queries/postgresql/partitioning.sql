select p.partrelid::bigint,
       p.partstrat::text,
       array(select coalesce(a.attname::text, '(expression)')
             from unnest(p.partattrs::int2[]) with ordinality u(attnum, place)
             left join pg_catalog.pg_attribute a
                    on a.attrelid = p.partrelid and a.attnum = u.attnum and a.attnum > 0
             order by u.place),
       pg_catalog.pg_get_partkeydef(p.partrelid),
       (select count(*) from pg_catalog.pg_inherits h where h.inhparent = p.partrelid)
from pg_catalog.pg_partitioned_table p
where true
--@selection

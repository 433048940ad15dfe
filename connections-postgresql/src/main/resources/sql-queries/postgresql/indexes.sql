select i.indrelid::bigint,
       x.relname,
       i.indisunique,
       m.amname,
       array(select coalesce(a.attname::text,
                             pg_catalog.pg_get_indexdef(i.indexrelid, s.place, true))
             from generate_series(1, i.indnkeyatts) s(place)
             left join pg_catalog.pg_attribute a
                    on a.attrelid = i.indrelid and a.attnum = i.indkey[s.place - 1]
                   and a.attnum > 0
             order by s.place),
       array(select a.attname::text
             from generate_series(i.indnkeyatts + 1, i.indnatts) s(place)
             join pg_catalog.pg_attribute a
               on a.attrelid = i.indrelid and a.attnum = i.indkey[s.place - 1]
             order by s.place),
       pg_catalog.pg_get_expr(i.indpred, i.indrelid, true)
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_class c on c.oid = i.indrelid and c.relkind in ('r', 'p', 'm')
join pg_catalog.pg_am m on m.oid = x.relam
where c.relnamespace <> 'pg_catalog'::regnamespace
--@selection
order by i.indrelid, x.relname

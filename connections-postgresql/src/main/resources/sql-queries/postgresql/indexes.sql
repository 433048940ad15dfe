select i.indrelid::bigint,
       x.relname,
       i.indisunique,
       m.amname,
       i.indkey::text,
       i.indnkeyatts,
       case when i.indexprs is not null then
         array(select pg_catalog.pg_get_indexdef(i.indexrelid, s.place, true)
               from generate_series(1, i.indnkeyatts) s(place)
               order by s.place) end,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid, true),
       s.description
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_class c on c.oid = i.indrelid and c.relkind in ('r', 'p', 'm')
join pg_catalog.pg_am m on m.oid = x.relam
left join lateral
      (select e.description from pg_catalog.pg_description e
       where e.objoid = i.indexrelid and e.objsubid = 0
         and e.classoid = 'pg_catalog.pg_class'::regclass
--@descriptions
      ) s on true
where c.relnamespace not in ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
--@selection
order by i.indrelid, x.relname

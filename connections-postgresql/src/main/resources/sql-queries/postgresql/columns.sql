select c.oid::bigint,
       a.attnum,
       a.attname,
       a.atttypid::bigint,
       a.atttypmod,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attnotnull,
       s.description,
       a.atthasdef,
       case when a.atthasdef then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end,
       a.attgenerated::text,
       a.attidentity::text,
       case when a.attcollation <> t.typcollation then l.collname::text end
from pg_catalog.pg_class c
left join pg_catalog.pg_attribute a
       on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_catalog.pg_collation l on l.oid = a.attcollation
left join lateral
      (select e.description from pg_catalog.pg_description e
       where e.objoid = a.attrelid and e.objsubid = a.attnum
         and e.classoid = 'pg_catalog.pg_class'::regclass
--@descriptions
      ) s on true
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and c.relnamespace <> 'pg_catalog'::regnamespace
--@selection
order by c.oid, a.attnum

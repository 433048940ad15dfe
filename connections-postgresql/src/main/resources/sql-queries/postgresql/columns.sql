-- The defaults that many columns share are worded once: wording each takes most of the time.
-- What refers to no column reads alike for every table. They are few, whatever plan is chosen.
with frequent as materialized
      (select d.adbin::text tree, min(d.oid::bigint)::oid example
       from pg_catalog.pg_attrdef d
       where d.adbin::text not like '%{VAR %'
--@defaults
       group by 1
       having count(*) > 1
       order by count(*) desc, 2
       limit 50),
     shared as materialized
      (select f.tree, pg_catalog.pg_get_expr(d.adbin, d.adrelid) wording
       from frequent f
       join pg_catalog.pg_attrdef d on d.oid = f.example)
select c.oid::bigint,
       a.attnum,
       a.attname,
       a.atttypid::bigint,
       a.atttypmod,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attnotnull,
       s.description,
       a.atthasdef,
       case when a.atthasdef then
         coalesce(w.wording, pg_catalog.pg_get_expr(d.adbin, d.adrelid)) end,
       a.attgenerated::text,
       a.attidentity::text,
       case when a.attcollation <> t.typcollation then l.collname::text end
from pg_catalog.pg_class c
left join pg_catalog.pg_attribute a
       on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join shared w on w.tree = d.adbin::text
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

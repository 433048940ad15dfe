-- The defaults that many columns share are worded once: wording each takes most of the time.
-- What refers to no column reads alike for every table. They are few, whatever plan is chosen,
-- and they are looked for among the first of the defaults: where all differ, counting them all
-- would cost more than it saves.
with frequent as materialized
      (select d.adbin::text tree, min(d.oid::bigint)::oid example
       from (select d.oid, d.adbin
             from pg_catalog.pg_attrdef d
             where true
--@counted
             limit 20000) d
       group by 1
       having count(*) > 1
       order by count(*) desc, 2
       limit 50),
     shared as materialized
      (select f.tree, pg_catalog.pg_get_expr(d.adbin, d.adrelid) wording
       from frequent f
       join pg_catalog.pg_attrdef d on d.oid = f.example
       where f.tree not like '%{VAR %')
select d.adrelid::bigint,
       d.adnum,
       -- Where no column is referred to, the server needn't name all columns of the table first; but
       -- a table that is gone meanwhile shall have no wording then either.
       case when w.wording is not null then w.wording
            when d.adbin::text like '%{VAR %' then pg_catalog.pg_get_expr(d.adbin, d.adrelid)
            when pg_catalog.pg_table_is_visible(d.adrelid) is not null
            then pg_catalog.pg_get_expr(d.adbin, 0) end
from pg_catalog.pg_attrdef d
left join shared w on w.tree = case when exists (select from shared) then d.adbin::text end
where true
--@selection
order by d.adrelid, d.adnum

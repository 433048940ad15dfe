-- The most common types are worded by the reader, which takes the server as long as all the rest.
select c.oid::bigint,
       a.attnum,
       a.attname,
       a.atttypid::bigint,
       a.atttypmod,
       case when a.atttypid <> all
         ('{pg_catalog.bool, pg_catalog.int2, pg_catalog.int4, pg_catalog.int8, pg_catalog.numeric,
            pg_catalog.float4, pg_catalog.float8, pg_catalog.text, pg_catalog.varchar,
            pg_catalog.bpchar, pg_catalog.bytea, pg_catalog.date, pg_catalog.timestamp,
            pg_catalog.timestamptz, pg_catalog.uuid, pg_catalog.json,
            pg_catalog.jsonb}'::regtype[]::oid[])
         then pg_catalog.format_type(a.atttypid, a.atttypmod) end,
       a.attnotnull,
       s.description,
       a.atthasdef,
       a.attgenerated::text,
       a.attidentity::text,
       -- Most have none (0), or the database's own (100), as all that is built in but names.
       case when a.attcollation not in (0, 100) or a.atttypid >= 16384 then
         (select l.collname::text
          from pg_catalog.pg_collation l
          join pg_catalog.pg_type t on t.oid = a.atttypid
          where l.oid = a.attcollation and l.oid <> t.typcollation) end
from pg_catalog.pg_class c
left join pg_catalog.pg_attribute a
       on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
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

-- Those that belong to a column, and those that its default takes its values from.
select o.tableid::bigint,
       o.attnum,
       n.nspname,
       c.relname,
       pg_catalog.format_type(q.seqtypid, null),
       q.seqstart,
       q.seqincrement,
       q.seqmin,
       q.seqmax,
       q.seqcache,
       q.seqcycle,
       o.owned,
       pg_catalog.obj_description(c.oid, 'pg_class')
from (select d.refobjid tableid, d.refobjsubid attnum, d.objid seqid, true as owned
      from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::regclass
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.deptype in ('a', 'i')
        and d.refobjsubid > 0
--@owned
      union all
      select f.adrelid, f.adnum, d.refobjid, false
      from pg_catalog.pg_depend d
      join pg_catalog.pg_attrdef f on f.oid = d.objid
      where d.classid = 'pg_catalog.pg_attrdef'::regclass
        and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.deptype = 'n'
--@taken
     ) o
join pg_catalog.pg_sequence q on q.seqrelid = o.seqid
join pg_catalog.pg_class c on c.oid = q.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
order by o.tableid, o.attnum, o.owned desc

-- All sequences of a schema, in the columns of those that belong to tables.
select null::bigint,
       null::int,
       n.nspname,
       c.relname,
       pg_catalog.format_type(q.seqtypid, null),
       q.seqstart,
       q.seqincrement,
       q.seqmin,
       q.seqmax,
       q.seqcache,
       q.seqcycle,
       exists (select 1 from pg_catalog.pg_depend d
               where d.classid = 'pg_catalog.pg_class'::regclass
                 and d.objid = c.oid
                 and d.refclassid = 'pg_catalog.pg_class'::regclass
                 and d.deptype in ('a', 'i')
                 and d.refobjsubid > 0),
       pg_catalog.obj_description(c.oid, 'pg_class')
from pg_catalog.pg_sequence q
join pg_catalog.pg_class c on c.oid = q.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname = ?
  and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  -- Asked of anything else it fails, and the server may ask before it joins.
  and case when c.relkind = 'S'
           then pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE, UPDATE') end

-- The next tables of a schema that a login sees. Rights are asked in the order of the names, until
-- the page is full: the inner query comes first as it is, since it has an offset.
select k.oid
from (select t.oid, t.relnamespace, t.relname::text collate "C" place
      from pg_catalog.pg_class t
      join pg_catalog.pg_namespace s on s.oid = t.relnamespace
      where t.relkind in ('r', 'p', 'v', 'm', 'f')
        and s.nspname = ?
        and strpos(lower(t.relname), lower(?)) > 0
        and t.relname::text collate "C" > ? collate "C"
      order by place
      offset 0) k
where pg_catalog.has_schema_privilege(k.relnamespace, 'USAGE')
  and (pg_catalog.has_table_privilege(k.oid, 'SELECT')
    or pg_catalog.has_any_column_privilege(k.oid, 'SELECT'))
order by k.place
limit ?

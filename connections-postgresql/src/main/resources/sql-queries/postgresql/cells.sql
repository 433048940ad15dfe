-- The columns of a table, and how the beginnings of their values are asked for.
select a.attname,
       case when 'pg_catalog.bytea'::regtype in (t.oid, t.typbasetype) then 'bytes'
            when t.typlen > 0 or t.typcategory in ('N', 'I') then 'short'
            -- The blanks that fill up a value of fixed length don't outlive a cast.
            when t.typcategory = 'S'
             and 'pg_catalog.bpchar'::regtype not in (t.oid, t.typbasetype) then 'text'
            else 'other' end
from pg_catalog.pg_attribute a
join pg_catalog.pg_type t on t.oid = a.atttypid
where a.attrelid = ?
  and a.attnum > 0
  and not a.attisdropped
order by a.attnum

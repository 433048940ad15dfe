-- Of the schema, of its objects that aren't tables or views, and of their parameters and columns.
select case when p.class = 3 then 'schema' when p.class = 2 then 'parameter' else 'object' end,
       case when p.class = 3 then s.name else o.name end,
       p.minor_id,
       p.name,
       cast(p.value as nvarchar(4000))
from sys.extended_properties p
left join sys.objects o on o.object_id = p.major_id and p.class in (1, 2)
join sys.schemas s on s.schema_id = case when p.class = 3 then p.major_id else o.schema_id end
where s.name = ?
  and (p.class = 3 or p.class = 2 or (p.class = 1 and o.parent_object_id = 0 and o.type not in ('U ', 'V ')))
order by 1, 2, 3, 4

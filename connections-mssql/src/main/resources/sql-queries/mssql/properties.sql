-- Of a table, its columns and indexes, and of what belongs to it: constraints and triggers.
select case when o.parent_object_id > 0 then o.parent_object_id else p.major_id end, --! objects else select p.major_id,
       p.class,
       p.minor_id,
       case when o.parent_object_id > 0 then o.name else null end, --! objects else null,
       p.name,
       cast(p.value as nvarchar(4000))
from sys.extended_properties p
left join sys.objects o on o.object_id = p.major_id --! objects else
where p.class in (1, 7)
--@selection
order by 1, p.class, p.minor_id, p.name

-- As many as a person can choose among. There are few captured tables, and many others.
select top 1000 s.name, t.name
from sys.tables t
join sys.schemas s on s.schema_id = t.schema_id
where t.object_id in (select c.source_object_id from cdc.change_tables c)
order by s.name, t.name

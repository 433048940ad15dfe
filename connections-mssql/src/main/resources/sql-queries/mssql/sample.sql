-- The columns of some table: whichever comes first costs the same however many there are.
select c.name
from sys.columns c
where c.object_id in (select top 1 t.object_id from sys.tables t where t.is_ms_shipped = 0)

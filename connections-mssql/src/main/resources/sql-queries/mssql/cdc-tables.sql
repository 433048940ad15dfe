-- Those of some tables that are captured.
select top 500 s.name, t.name
from sys.tables t
join sys.schemas s on s.schema_id = t.schema_id
where t.is_tracked_by_cdc = 1 and t.is_ms_shipped = 0
--@selection
order by s.name, t.name

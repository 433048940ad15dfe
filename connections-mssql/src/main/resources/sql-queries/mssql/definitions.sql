select m.object_id, m.definition
from sys.sql_modules m
join sys.views v on v.object_id = m.object_id
where v.is_ms_shipped = 0
--@selection

select t.source_object_id, c.column_name, t.capture_instance
from cdc.change_tables t
join cdc.captured_columns c on c.object_id = t.object_id
where t.source_object_id is not null
--@selection
order by t.source_object_id, t.capture_instance, c.column_ordinal

select y.name, y.base_object_name
from sys.synonyms y
join sys.schemas s on s.schema_id = y.schema_id
where s.name = ?
order by y.name

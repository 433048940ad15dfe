-- Their values have the sequence's own type, so they are read as text.
select q.name,
       y.name, --! types else null,
       cast(q.start_value as nvarchar(60)),
       cast(q.increment as nvarchar(60)),
       cast(q.minimum_value as nvarchar(60)),
       cast(q.maximum_value as nvarchar(60)),
       q.is_cycling
from sys.sequences q
join sys.schemas s on s.schema_id = q.schema_id
left join sys.types y on y.user_type_id = q.user_type_id --! types else
where s.name = ?
order by q.name

-- Procedures and functions. A text that is missing is one that this login may not see, or none.
select o.name,
       o.type,
       m.definition --! sql_modules else null
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.sql_modules m on m.object_id = o.object_id --! sql_modules else
where o.type in ('P ', 'PC', 'X ', 'RF', 'FN', 'IF', 'TF', 'FS', 'FT', 'AF')
  and o.is_ms_shipped = 0
  and s.name = ?
order by o.name

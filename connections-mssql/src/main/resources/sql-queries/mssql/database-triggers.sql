-- Triggers on what is done to the database itself. A text that is missing may not be seen.
select r.name,
       r.is_disabled,
       e.type_desc, --! trigger_events else null,
       m.definition --! sql_modules else null
from sys.triggers r
left join sys.trigger_events e on e.object_id = r.object_id --! trigger_events else
left join sys.sql_modules m on m.object_id = r.object_id --! sql_modules else
where r.parent_class = 0
order by r.name

-- Of the database, of its triggers, and of what lies in no schema or has no name of an object.
-- The names stand in columns of their own: they may be of different collations.
select p.class,
       r.name,
       y.name, --! types else null,
       u.name, --! database_principals else null,
       p.name,
       cast(p.value as nvarchar(4000))
from sys.extended_properties p
left join sys.triggers r on p.class = 1 and r.parent_class = 0 and r.object_id = p.major_id
left join sys.types y on p.class = 6 and y.user_type_id = p.major_id --! types else
left join sys.database_principals u on p.class = 4 and u.principal_id = p.major_id --! database_principals else
where p.class not in (1, 2, 3, 7) or r.name is not null
order by p.class, p.major_id, p.name

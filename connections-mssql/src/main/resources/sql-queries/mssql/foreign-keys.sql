select k.parent_object_id,
       k.object_id,
       k.name,
       c.name,
       rs.name,
       rt.name,
       rc.name,
       k.update_referential_action_desc,
       k.delete_referential_action_desc,
       k.is_disabled,
       k.is_not_trusted
from sys.foreign_keys k
join sys.foreign_key_columns x on x.constraint_object_id = k.object_id
left join sys.columns c on c.object_id = x.parent_object_id and c.column_id = x.parent_column_id
left join sys.tables rt on rt.object_id = x.referenced_object_id
left join sys.schemas rs on rs.schema_id = rt.schema_id
left join sys.columns rc
       on rc.object_id = x.referenced_object_id and rc.column_id = x.referenced_column_id
where 1 = 1
--@selection
order by k.parent_object_id, k.name, k.object_id, x.constraint_column_id

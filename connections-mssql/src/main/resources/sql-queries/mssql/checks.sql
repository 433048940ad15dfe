select k.parent_object_id, k.name, k.definition, k.is_disabled, k.is_not_trusted
from sys.check_constraints k
where 1 = 1
--@selection
order by k.parent_object_id, k.name

-- Checks, and triggers beside them: what a row must pass. Asked together they are one statement.
-- Their texts stand in columns of their own: they may be of different collations.
select k.parent_object_id, k.kind, k.name, k.is_disabled, k.is_not_trusted, k.expression, k.body
from (select c.parent_object_id, 'check' as kind, c.name, c.is_disabled, c.is_not_trusted, c.definition as expression, null as body
      from sys.check_constraints c
      union all select r.parent_id, case when r.is_instead_of_trigger = 1 then 'instead' else 'after' end, r.name, r.is_disabled, 0, null, m.definition from sys.triggers r left join sys.sql_modules m on m.object_id = r.object_id where r.parent_class = 1 --? triggers.is_instead_of_trigger else
     ) k
where 1 = 1
--@selection
order by k.parent_object_id, k.kind, k.name

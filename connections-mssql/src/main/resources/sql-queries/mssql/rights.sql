-- One answer per right; null where the server doesn't know it. The function takes a name apart as a
-- statement would: a database whose name holds a dot or a bracket is known by its quoted name alone.
select has_perms_by_name(quotename(db_name()), 'DATABASE', 'VIEW DEFINITION'),
       has_perms_by_name(quotename(db_name()), 'DATABASE', 'SELECT'),
       has_perms_by_name(quotename(db_name()), 'DATABASE', 'VIEW ANY SENSITIVITY CLASSIFICATION'),
       has_perms_by_name('cdc', 'SCHEMA', 'SELECT'),
       user_name()

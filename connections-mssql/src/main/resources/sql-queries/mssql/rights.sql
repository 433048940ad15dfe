-- One answer per right; null where the server doesn't know it.
select has_perms_by_name(db_name(), 'DATABASE', 'VIEW DEFINITION'),
       has_perms_by_name(db_name(), 'DATABASE', 'SELECT'),
       has_perms_by_name(db_name(), 'DATABASE', 'VIEW ANY SENSITIVITY CLASSIFICATION'),
       has_perms_by_name('cdc', 'SCHEMA', 'SELECT'),
       user_name()

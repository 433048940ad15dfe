-- Which columns the catalog's own views have here, and which of them this login may read: that
-- differs with the version, and with servers that imitate SQL Server. Views of users may have the
-- same names. What a query needs beyond the oldest version stands behind a question mark.
select v.name,
       c.name,
       has_perms_by_name('sys.' + v.name, 'OBJECT', 'SELECT') --! rights else null
from sys.all_views v
join sys.all_columns c on c.object_id = v.object_id
where v.name in (/*views*/)
  and v.object_id not in (select u.object_id from sys.views u where u.is_ms_shipped = 0)

-- Which columns the catalog's own views have here: that differs with the version, and with servers
-- that imitate SQL Server. What a query needs beyond the oldest version stands behind a question mark.
select v.name, c.name
from sys.all_views v
join sys.all_columns c on c.object_id = v.object_id
where v.name in (/*views*/)

-- How much this login sees. A text that is missing is one it may not see.
select (select count(*) from sys.tables t where t.is_ms_shipped = 0),
       (select count(*) from sys.views v where v.is_ms_shipped = 0),
       (select count(*) from sys.views v join sys.sql_modules m on m.object_id = v.object_id where v.is_ms_shipped = 0 and m.definition is not null) --! sql_modules else 0

select cast(serverproperty('ProductVersion') as nvarchar(128)),
       cast(serverproperty('Edition') as nvarchar(128)),
       cast(serverproperty('EngineEdition') as int),
       db_name(),
       suser_sname(),
       datediff(second, '2020-01-01T00:00:00', sysutcdatetime()),
       datediff(minute, sysutcdatetime(), sysdatetime()),
       cast(databasepropertyex(db_name(), 'Updateability') as nvarchar(128)),
       cast(databasepropertyex(db_name(), 'ServiceObjective') as nvarchar(128))

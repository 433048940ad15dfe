select s.name,
       cast(d.value as nvarchar(4000)) --! extended_properties else null
from sys.schemas s
left join sys.extended_properties d on d.class = 3 and d.major_id = s.schema_id and d.name = 'MS_Description' --! extended_properties else
where s.name not in ('sys', 'INFORMATION_SCHEMA', 'information_schema', 'guest', 'cdc',
                     'db_owner', 'db_accessadmin', 'db_securityadmin', 'db_ddladmin',
                     'db_backupoperator', 'db_datareader', 'db_datawriter', 'db_denydatareader',
                     'db_denydatawriter')
--@schema
order by s.name

-- Azure SQL Database alone has this view.
select o.elastic_pool_name
from sys.database_service_objectives o
where o.elastic_pool_name is not null

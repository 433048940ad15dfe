select t.object_id,
       s.name,
       t.name,
       t.type,
       cast(d.value as nvarchar(4000)), --! extended_properties else null,
       (select sum(p.rows) from sys.partitions p where p.object_id = t.object_id and p.index_id in (0, 1)), --! partitions else null,
       (select sum(u.total_pages) from sys.partitions p join sys.allocation_units u on u.container_id = p.hobt_id where p.object_id = t.object_id), --? allocation_units else null,
       t.temporal_type,
       hs.name,
       h.name,
       t.is_tracked_by_cdc,
       case when ct.object_id is null then 0 else 1 end, --? change_tracking_tables else 0,
       t.is_memory_optimized,
       t.durability_desc,
       t.is_external,
       t.is_node,
       t.is_edge,
       t.ledger_type,
       t.is_filetable
from (select x.object_id,
             x.schema_id,
             x.name,
             x.type,
             x.temporal_type, --? tables.temporal_type else 0 as temporal_type,
             x.history_table_id, --? tables.history_table_id else null as history_table_id,
             x.is_tracked_by_cdc, --? tables.is_tracked_by_cdc else 0 as is_tracked_by_cdc,
             x.is_memory_optimized, --? tables.is_memory_optimized else 0 as is_memory_optimized,
             x.durability_desc, --? tables.durability_desc else null as durability_desc,
             x.is_external, --? tables.is_external else 0 as is_external,
             x.is_node, --? tables.is_node else 0 as is_node,
             x.is_edge, --? tables.is_edge else 0 as is_edge,
             x.ledger_type, --? tables.ledger_type else 0 as ledger_type,
             x.is_filetable --? tables.is_filetable else 0 as is_filetable
      from sys.tables x
      where x.is_ms_shipped = 0
      union all
      select v.object_id, v.schema_id, v.name, v.type,
             0, null, 0, 0, null, 0, 0, 0, 0, 0
      from sys.views v
      where v.is_ms_shipped = 0) t
join sys.schemas s on s.schema_id = t.schema_id
left join sys.tables h on h.object_id = t.history_table_id
left join sys.schemas hs on hs.schema_id = h.schema_id
left join sys.change_tracking_tables ct on ct.object_id = t.object_id --? change_tracking_tables else
left join sys.extended_properties d on d.class = 1 and d.major_id = t.object_id and d.minor_id = 0 and d.name = 'MS_Description' --! extended_properties else
where s.name not in ('sys', 'INFORMATION_SCHEMA', 'information_schema', 'guest', 'cdc')
--@selection
--@page

-- A partition scheme and its function are read together, or not at all.
-- Primary and unique keys are read here too: the index of a key has the key's name.
select i.object_id,
       i.index_id,
       i.name,
       i.type_desc,
       i.is_unique,
       i.is_primary_key,
       i.is_unique_constraint,
       i.is_disabled,
       i.filter_definition, --? indexes.filter_definition else null,
       c.name,
       x.key_ordinal,
       x.is_included_column,
       x.is_descending_key,
       x.partition_ordinal,
       ps.name, --? partition_schemes else null,
       pf.type_desc, --? partition_schemes else null,
       pf.fanout --? partition_schemes else null
from sys.indexes i
left join sys.index_columns x on x.object_id = i.object_id and x.index_id = i.index_id
left join sys.columns c on c.object_id = x.object_id and c.column_id = x.column_id
left join sys.partition_schemes ps on ps.data_space_id = i.data_space_id --? partition_schemes else
left join sys.partition_functions pf on pf.function_id = ps.function_id --? partition_schemes else
where i.is_hypothetical = 0
--@selection
order by i.object_id, i.index_id, x.key_ordinal, x.index_column_id

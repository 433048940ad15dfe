select c.object_id,
       c.name,
       c.column_id,
       y.name,
       ys.name,
       y.is_user_defined,
       y.is_assembly_type,
       b.name,
       c.max_length,
       c.precision,
       c.scale,
       c.collation_name,
       c.is_nullable,
       c.is_identity,
       cast(i.seed_value as nvarchar(60)), --! identity_columns else null,
       cast(i.increment_value as nvarchar(60)), --! identity_columns else null,
       c.is_computed,
       m.definition, --! computed_columns else null,
       m.is_persisted, --! computed_columns else 0,
       k.name, --! default_constraints else null,
       k.definition, --! default_constraints else null,
       c.is_rowguidcol,
       c.is_sparse, --? columns.is_sparse else 0,
       c.is_column_set, --? columns.is_column_set else 0,
       c.is_filestream,
       c.is_masked, --? columns.is_masked else 0,
       f.masking_function, --? masked_columns.masking_function else null,
       c.is_hidden, --? columns.is_hidden else 0,
       c.generated_always_type, --? columns.generated_always_type else 0,
       c.encryption_type_desc, --? columns.encryption_type_desc else null,
       l.label, --? sensitivity_classifications.label else null,
       l.information_type, --? sensitivity_classifications.information_type else null,
       l.rank_desc --? sensitivity_classifications.rank_desc else null
from sys.columns c
left join sys.types y on y.user_type_id = c.user_type_id
left join sys.schemas ys on ys.schema_id = y.schema_id
left join sys.types b on b.user_type_id = y.system_type_id and y.is_user_defined = 1
left join sys.identity_columns i on i.object_id = c.object_id and i.column_id = c.column_id and c.is_identity = 1 --! identity_columns else
left join sys.computed_columns m on m.object_id = c.object_id and m.column_id = c.column_id --! computed_columns else
left join sys.default_constraints k on k.parent_object_id = c.object_id and k.parent_column_id = c.column_id --! default_constraints else
left join sys.masked_columns f on f.object_id = c.object_id and f.column_id = c.column_id --? masked_columns.masking_function else
left join sys.sensitivity_classifications l on l.class = 1 and l.major_id = c.object_id and l.minor_id = c.column_id --? sensitivity_classifications.label else
where 1 = 1
--@selection
order by c.object_id, c.column_id

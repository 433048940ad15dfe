select d.is_cdc_enabled from sys.databases d where d.name = db_name()

select pg_catalog.current_setting('server_version'),
       pg_catalog.current_database()::text,
       current_user::text,
       pg_catalog.current_setting('TimeZone'),
       extract(epoch from pg_catalog.clock_timestamp())::float8,
       pg_catalog.pg_is_in_recovery(),
       pg_catalog.current_setting('server_encoding')

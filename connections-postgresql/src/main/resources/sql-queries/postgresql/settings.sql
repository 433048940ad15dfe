-- For this transaction only: catalogs of many tables are sorted in memory, and nothing is compiled.
-- And whether there are at least so many tables.
select pg_catalog.set_config(
         'work_mem',
         greatest(pg_catalog.pg_size_bytes(pg_catalog.current_setting('work_mem')) / 1024, 32768)
           || 'kB',
         true),
       pg_catalog.set_config('jit', 'off', true),
       (select count(*)
        from (select from pg_catalog.pg_class c
              where c.relkind in ('r', 'p', 'v', 'm', 'f')
                and c.relnamespace <> 'pg_catalog'::regnamespace
              limit ?) s)

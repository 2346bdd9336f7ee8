-- The tables that the copy of the served warehouse holds. Grain: table.
select table_name from duckdb_tables()
where not temporary

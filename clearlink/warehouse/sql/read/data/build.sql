-- The build that is served. Grain: one row.
select * from build

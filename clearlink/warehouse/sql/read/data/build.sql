-- The build that is served: one row.
select * from build

-- Which tables this build holds, so that a page can leave out what was never built. Grain: table.
select table_name from information_schema.tables
where table_schema = 'main'
order by table_name

-- One row per grant, authority and year; basis says how exact the figure is.
create table allocation (
    la_code varchar, grant_name varchar, year varchar, amount_gbp double, basis varchar, source_url varchar
)

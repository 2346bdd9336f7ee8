-- One row per grant, authority and year; basis says how exact the figure is, programme_id is null where the
-- grant's name is of no programme of the catalogue.
create table allocation (
    la_code varchar, grant_name varchar, year varchar, amount_gbp double, basis varchar, source_url varchar,
    programme_id varchar
)

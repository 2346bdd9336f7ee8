-- One row per thing that was refused, or that somebody should look at.
create table problem (
    source_id varchar,
    file varchar,
    place varchar,
    severity varchar,
    found varchar,
    expected varchar,
    remedy varchar,
    row_no integer, column_name varchar, code varchar, facts varchar
)

-- One row per grant, region, edition of the index, definition of need and measure.
create table grant_fairness (
    grant_name varchar,
    year varchar,
    region varchar,
    edition varchar,
    definition varchar,
    measure varchar,
    value double
)

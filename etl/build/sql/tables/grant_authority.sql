-- A grant's sum in each authority of a region beside its share of need under one definition.
create table grant_authority (
    grant_name varchar,
    year varchar,
    region varchar,
    edition varchar,
    definition varchar,
    la_code varchar,
    amount_gbp double,
    basis varchar,
    population double,
    need double, gap_gbp double, source_url varchar
)

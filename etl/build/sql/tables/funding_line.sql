-- A sum (pounds) that one funder pays a project under one programme in one financial year. Grain: line.
create table funding_line (
    line_id varchar primary key,
    project_id varchar not null,
    funder varchar not null,
    programme_id varchar not null,
    financial_year varchar not null,
    amount_gbp double not null,
    basis varchar,
    ring_fence varchar,
    match_of varchar,
    is_illustrative boolean not null,
    source_ref varchar
)

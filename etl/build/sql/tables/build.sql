-- One row: this build.
create table build (
    build_id varchar,
    built_at timestamp,
    kind varchar,
    content_hash varchar,
    as_of date,
    financial_year varchar,
    input_hash varchar,
    is_illustrative boolean
)

-- One row: this build.
create table build (
    build_id varchar,
    built_at timestamp,
    kind varchar,
    content_hash varchar,
    as_of date,
    input_hash varchar,
    is_illustrative boolean
)

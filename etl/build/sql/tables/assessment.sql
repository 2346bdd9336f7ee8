-- One row per published assessment of need.
create table assessment (
    assessment_id varchar primary key,
    kind varchar,
    body varchar,
    la_code varchar,
    region_code varchar,
    title varchar,
    published date,
    valid_from date,
    valid_to date,
    evidence_reference_end date,
    slow_moving boolean,
    url varchar,
    is_illustrative boolean,
    source_ref varchar,
    published_by date,
    cycle integer,
    standing varchar,
    seen_where varchar,
    source_kind varchar
)

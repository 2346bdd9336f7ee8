-- One row per plan of a body: its kind, whom it is for, its days and the assessment it rests on.
create table plan (
    plan_id varchar primary key,
    kind varchar not null,
    body varchar not null,
    la_code varchar,
    region_code varchar,
    title varchar not null,
    valid_from date,
    valid_to date,
    assessment_id varchar,
    url varchar,
    is_illustrative boolean not null,
    source_ref varchar
)

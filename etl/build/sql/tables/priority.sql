-- One row per need that an assessment names.
create table priority (
    priority_id varchar primary key,
    assessment_id varchar,
    theme_id varchar,
    statement varchar,
    statement_cy varchar,
    page varchar,
    is_illustrative boolean, source_ref varchar,
    -- figures, statements or both; null where it is not recorded
    rests_on varchar
)

-- What a person read in an assessment, or saw at an engagement, on one item of a checklist. Grain: subject,
-- item.
create table assessment_check (
    subject varchar not null,
    subject_id varchar not null,
    check_id varchar not null,
    answer varchar not null,
    quotation varchar,
    page varchar,
    read_by varchar,
    read_on date,
    is_illustrative boolean not null,
    source_ref varchar
)

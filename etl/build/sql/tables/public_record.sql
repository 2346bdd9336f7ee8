-- One row per project of the public record: what its paper says of how it came to be, in our words.
create table public_record (
    project_id varchar primary key,
    level varchar,
    for_whom varchar,
    programme_basis varchar,
    total_value_gbp double,
    stated_value_gbp double,
    value_basis varchar,
    decision_date_basis varchar,
    notice_date date,
    route varchar,
    cited_paper varchar,
    page varchar,
    said_of_need varchar,
    need_evidence varchar,
    signs varchar,
    legal_ground varchar,
    url varchar,
    source_kind varchar
)

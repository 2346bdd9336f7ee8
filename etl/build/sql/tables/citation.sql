-- One row per reference from a project to a priority.
create table citation (
    project_id varchar,
    priority_id varchar,
    stated_on date,
    quotation varchar,
    page varchar,
    sighted_by varchar,
    is_illustrative boolean, source_ref varchar
)

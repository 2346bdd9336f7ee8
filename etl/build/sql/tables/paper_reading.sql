-- One row per project and paper that took its decision, read in full and silent on need; it counts with a
-- second reader.
create table paper_reading (
    project_id varchar,
    document varchar,
    url varchar,
    paper_date date,
    pages integer,
    read_by varchar,
    read_on date,
    second_by varchar,
    second_on date,
    is_illustrative boolean
)

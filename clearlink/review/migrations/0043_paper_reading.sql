-- A paper that took a decision, read in full and silent on need; a second reader confirms. Grain: project and paper.
create table paper_reading (
    reading_id text primary key,
    version integer not null,
    place text not null,
    la_code text,
    project_id text not null,
    document text not null,
    url text not null,
    paper_date text not null,
    pages integer not null,
    state text not null,
    read_on text not null,
    read_by text not null,
    read_by_subject text not null,
    second_on text,
    second_by text,
    second_subject text,
    request_id text,
    unique (project_id, url),
    check (state in ('stands', 'withdrawn')),
    check ((second_by is null) = (second_on is null))
)

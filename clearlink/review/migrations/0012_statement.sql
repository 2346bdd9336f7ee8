-- What somebody told us and what came of it. Grain: statement.
create table statement (
    statement_id text primary key,
    version integer not null,
    place text not null,
    area_code text not null,
    theme_id text,
    project_id text,
    said_on text not null,
    who text not null,
    method text not null,
    text text not null,
    stance text not null,
    response text not null,
    response_text text,
    because text,
    decision_id text,
    recorded_by text not null,
    recorded_at text not null,
    check (response <> 'did_not' or because is not null)
)

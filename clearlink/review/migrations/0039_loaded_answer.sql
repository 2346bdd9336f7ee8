-- What came of a statement that was loaded with a build; its words are kept, so that a rebuild orphans nothing. Grain: loaded statement.
create table loaded_answer (
    statement_id text primary key,
    version integer not null,
    place text not null,
    area_code text not null,
    said text not null,
    response text not null,
    response_text text not null,
    because text,
    answered_by text not null,
    answered_at text not null,
    check (response in ('did', 'did_not')),
    check (response <> 'did_not' or because is not null)
)

-- What a member of the public sent, without its words: they stand apart, so that they can be taken away. Grain: one sending.
create table said_back (
    said_id text primary key,
    version integer not null,
    number_hash text not null unique,
    area_code text not null,
    la_code text not null,
    theme_id text,
    project_id text,
    stance text not null,
    band text not null,
    lang text not null,
    state text not null,
    signs text not null,
    digest text not null,
    response text not null,
    response_text text,
    because text,
    said_on text not null,
    sent_at text not null,
    read_by text,
    check (response <> 'did_not' or because is not null)
)

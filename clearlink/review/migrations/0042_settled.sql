-- What a person settled of a record from its papers, or rejected of what a machine proposed. Grain: project, field and slot (the value, where a field may hold several).
create table settled (
    settled_id text primary key,
    version integer not null,
    place text not null,
    la_code text,
    project_id text not null,
    field text not null,
    slot text not null,
    value text not null,
    state text not null,
    source text not null,
    document text,
    url text,
    page text,
    detail text not null,
    batch text,
    settled_on text not null,
    settled_by text not null,
    unique (project_id, field, slot),
    check (state in ('accepted', 'rejected', 'withdrawn')),
    check (source in ('person', 'proposal', 'register'))
)

-- The committee's own wording of a passage of its minutes. Grain: meeting, passage and language.
create table wording (
    wording_id text primary key,
    version integer not null,
    meeting_id text not null,
    passage text not null,
    lang text not null,
    text text not null,
    changed_by text not null,
    changed_at text not null,
    unique (meeting_id, passage, lang),
    foreign key (meeting_id) references meeting (meeting_id)
)

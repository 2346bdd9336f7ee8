-- An item of an agenda, kept or dropped. Grain: meeting and subject.
create table item (
    item_id text primary key,
    version integer not null,
    meeting_id text not null,
    position integer not null,
    state text not null,
    subject text not null,
    subject_id text not null,
    title text not null,
    why text not null,
    proposed_by text not null,
    evidence_id text,
    unique (meeting_id, subject, subject_id),
    foreign key (meeting_id) references meeting (meeting_id),
    foreign key (evidence_id) references evidence (evidence_id)
)

-- A meeting of a regional committee. Grain: meeting.
create table meeting (
    meeting_id text primary key,
    version integer not null,
    place text not null,
    held_on text not null,
    terms text not null,
    chair text not null,
    quorum integer not null,
    state text not null,
    snapshot_id text,
    closed_at text,
    created_at text not null,
    created_by text not null,
    check (state in ('preparing', 'frozen', 'closed')),
    check (quorum > 0),
    foreign key (snapshot_id) references snapshot (snapshot_id)
)

-- Who writes a meeting's record on an installation without sign-in: the name stays with the meeting. Grain: meeting.
create table recorder (
    meeting_id text primary key,
    version integer not null,
    name text not null,
    changed_at text not null,
    foreign key (meeting_id) references meeting (meeting_id)
)

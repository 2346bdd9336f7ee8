-- Who sits at a meeting. Grain: meeting and person.
create table member (
    member_id text primary key,
    version integer not null,
    meeting_id text not null,
    name text not null,
    organisation text not null,
    org_id text,
    is_voting integer not null,
    is_present integer not null,
    unique (meeting_id, name),
    foreign key (meeting_id) references meeting (meeting_id)
)

-- The chair's reason for deciding before the day a meeting is called for; minuted. Grain: meeting.
create table early_start (
    meeting_id text primary key,
    version integer not null,
    reason text not null,
    given_by text not null,
    recorded_by text not null,
    given_at text not null,
    foreign key (meeting_id) references meeting (meeting_id)
)

-- A justified exception, always with a last day. Grain: exception.
create table exception_grant (
    exception_id text primary key,
    version integer not null,
    decision_id text not null,
    place text not null,
    project_id text not null,
    reason text not null,
    granted_on text not null,
    until text not null,
    ended_on text,
    ended_because text,
    foreign key (decision_id) references decision (decision_id)
)

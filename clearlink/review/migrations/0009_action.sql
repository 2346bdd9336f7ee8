-- What somebody is to do after a decision. Grain: action.
create table action (
    action_id text primary key,
    version integer not null,
    decision_id text not null,
    meeting_id text not null,
    place text not null,
    project_id text,
    what text not null,
    owner text not null,
    due text,
    state text not null,
    note text,
    changed_at text not null,
    foreign key (decision_id) references decision (decision_id)
)

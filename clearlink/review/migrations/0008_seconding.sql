-- The second person who agreed to a move into or out of No link shown. Grain: decision.
create table seconding (
    decision_id text primary key,
    name text not null,
    subject text not null,
    at text not null,
    foreign key (decision_id) references decision (decision_id)
)

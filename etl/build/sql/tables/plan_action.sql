-- One row per action of a plan: the priority it serves, who does it, by when, and what its body says of it.
create table plan_action (
    action_id varchar primary key,
    plan_id varchar not null,
    priority_id varchar,
    what varchar not null,
    what_cy varchar,
    who varchar,
    by_when date,
    progress varchar,
    for_children boolean not null,
    is_illustrative boolean not null,
    source_ref varchar
)

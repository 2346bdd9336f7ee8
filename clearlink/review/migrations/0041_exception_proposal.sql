-- Somebody's proposal that a committee grant a justified exception; it waits until an agenda takes it up. Grain: proposal.
create table exception_proposal (
    proposal_id text primary key,
    version integer not null,
    place text not null,
    la_code text,
    project_id text not null,
    title text not null,
    reason text not null,
    proposed_on text not null,
    proposed_by text not null,
    item_id text,
    foreign key (item_id) references item (item_id)
)

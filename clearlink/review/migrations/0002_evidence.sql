-- What one item rested on, word for word as the warehouse held it, so that a rebuild orphans nothing. Grain: subject and snapshot.
create table evidence (
    evidence_id text primary key,
    snapshot_id text not null,
    subject text not null,
    subject_id text not null,
    facts text not null,
    foreign key (snapshot_id) references snapshot (snapshot_id)
)

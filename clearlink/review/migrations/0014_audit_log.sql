-- Every write, each line sealed with the hash of the line before it. Grain: write.
create table audit_log (
    seq integer primary key,
    at text not null,
    who text not null,
    role text not null,
    act text not null,
    subject_table text not null,
    subject_id text not null,
    record text not null,
    previous text not null,
    hash text not null unique
)

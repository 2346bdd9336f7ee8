-- How an engagement with children and young people met the National Participation Standards, in the words of those who held it. Grain: project and day of engagement.
create table participation_check (
    check_id text primary key,
    version integer not null,
    project_id text not null,
    place text not null,
    engaged_on text not null,
    standards text not null,
    note text,
    checked_by text not null,
    checked_at text not null,
    unique (project_id, engaged_on)
)

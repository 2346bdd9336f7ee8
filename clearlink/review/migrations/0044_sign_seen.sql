-- A sign of ad-hoc commissioning that a person read in a paper, and the owner's reply to it. Grain: project, sign and paper.
create table sign_seen (
    sign_id text primary key,
    version integer not null,
    place text not null,
    la_code text,
    project_id text not null,
    sign text not null,
    document text not null,
    url text not null,
    paper_date text not null,
    said text not null,
    ground text not null,
    state text not null,
    seen_on text not null,
    seen_by text not null,
    reply text,
    replied_on text,
    replied_by text,
    unique (project_id, sign, url),
    check (sign in ('S1', 'S2', 'S3')),
    check (state in ('stands', 'withdrawn')),
    check ((reply is null) = (replied_by is null))
)

-- One row per sign of ad-hoc commissioning (S1 to S3) that a person read in a paper, in our words, with the
-- owner's reply.
create table sign_seen (
    project_id varchar,
    sign varchar,
    document varchar,
    url varchar,
    paper_date date,
    said varchar,
    ground varchar,
    reply varchar,
    replied_on date
)

-- One row per engagement of the public record: who was asked, and what it fed.
create table engagement (
    engagement_id varchar primary key,
    assessment_id varchar,
    topic varchar,
    who varchar,
    method varchar,
    held varchar,
    how_many varchar,
    said varchar,
    url varchar
)

-- What an engagement is about: an assessment, a priority, a project, an area. Grain: engagement and subject.
create table engagement_link (
    engagement_id varchar not null,
    subject varchar not null,
    subject_id varchar not null
)

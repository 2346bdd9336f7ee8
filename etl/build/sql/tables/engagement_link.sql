-- What an engagement is about: an assessment, a priority, a project, an area. `project_unknown`: a reference
-- as written that is no one project's; `project_perhaps`: a project that it may be. Grain: engagement and
-- subject.
create table engagement_link (
    engagement_id varchar not null,
    subject varchar not null,
    subject_id varchar not null
)

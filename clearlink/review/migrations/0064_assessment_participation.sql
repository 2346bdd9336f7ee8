-- How the making of an assessment met the National Participation Standards, in the words of those who made it. Grain: assessment.
create table assessment_participation (
    assessment_id text primary key,
    version integer not null,
    place text not null,
    standards text not null,
    note text,
    checked_by text not null,
    checked_at text not null
)

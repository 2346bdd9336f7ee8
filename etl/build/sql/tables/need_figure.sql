-- One row per published figure of need that a project's decision rests on, without a named priority.
create table need_figure (
    figure_id varchar,
    project_id varchar,
    value varchar,
    area varchar,
    told_on date,
    document varchar,
    url varchar,
    page varchar,
    told_by varchar,
    is_illustrative boolean
)

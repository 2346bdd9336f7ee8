-- Projects that carry out an action. Grain: action and project.
create table plan_action_project (
    action_id varchar not null,
    project_id varchar not null
)

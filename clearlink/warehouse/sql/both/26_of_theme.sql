-- Whether a project is of a theme (null = all). Grain: a project.
create macro of_theme(of_project, wanted) as
wanted is null
or exists (
    select 1 from project_theme x
    where x.project_id = of_project and x.theme_id = wanted
)

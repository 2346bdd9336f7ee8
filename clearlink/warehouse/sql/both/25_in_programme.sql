-- Whether a project is of a programme (null = all) in the year that money is of. Grain: a project.
create macro in_programme(of_project, wanted) as
wanted is null
or exists (
    select 1 from project_programme x
    where x.project_id = of_project and x.programme_id = wanted
)

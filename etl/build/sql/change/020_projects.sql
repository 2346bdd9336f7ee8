-- Projects that are new, and those that are gone; before and after hold the title. Grain: project.
insert into build_change
select
    case when a.project_id is null then 'project_new' else 'project_removed' end,
    coalesce(b.project_id, a.project_id),
    a.title,
    b.title
from served.project a full join project b using (project_id)
where a.project_id is null or b.project_id is null

-- One project, with the names of its programme and groups. Grain: project.
select
    p.*, g.name_en as group_en, g.name_cy as group_cy, m.name_en as programme_en, m.name_cy as programme_cy,
    coalesce(g.for_children, false) as for_children, n.time_state
from project p
join project_now n using (project_id)
left join target_group g on g.id = p.target_group left join programme m using (programme_id)
where p.project_id = $project_id

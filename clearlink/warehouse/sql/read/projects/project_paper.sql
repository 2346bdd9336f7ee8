-- What the public record says of one project, in our words. Grain: project.
select r.*, p.programme_named, g.name_en as printed_en, g.name_cy as printed_cy
from public_record as r
join project as p using (project_id)
left join programme as g on g.programme_id = p.programme_named
where r.project_id = $project_id

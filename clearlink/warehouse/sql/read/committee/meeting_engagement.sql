-- How each running project of a place listened before its decision (criterion 6). Grain: project.
select
    p.project_id,
    p.title,
    p.la_code,
    p.region_code,
    p.engagement_date,
    p.engagement_with,
    p.engagement_change,
    c.result,
    c.reason
from running_project p join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 6
where
    in_place(p.project_id, $place)
order by case c.result when 'MET' then 1 when 'PARTLY' then 2 when 'NOT_MET' then 3 else 4 end, p.title

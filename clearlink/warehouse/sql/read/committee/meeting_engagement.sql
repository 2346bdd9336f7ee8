-- How each running project of a place listened before its decision (criterion 6), as its register states it,
-- else as an engagement on record does. Grain: project.
select
    p.project_id,
    p.title,
    p.la_code,
    p.region_code,
    coalesce(p.engagement_date, try_cast(c.facts ->> 'engagement_date' as date)) as engagement_date,
    coalesce(p.engagement_with, c.facts ->> 'engagement_with') as engagement_with,
    coalesce(p.engagement_change, c.facts ->> 'engagement_change') as engagement_change,
    c.result,
    c.reason,
    coalesce(g.for_children, false) as for_children
from running_project p join criterion c
    on
        c.project_id = p.project_id and c.basis = 'at_decision'
        and c.criterion = 6
left join target_group g on g.id = p.target_group
where
    in_place(p.project_id, $place)
order by case c.result when 'MET' then 1 when 'PARTLY' then 2 when 'NOT_MET' then 3 else 4 end, p.title

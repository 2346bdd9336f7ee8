-- How each live project of a place listened before its decision (criterion 6). Grain: project.
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
from project p join criterion c on c.project_id = p.project_id and c.basis = 'at_decision' and c.criterion = 6
where
    exists (
        select 1 from project_authority t join area_member m using (la_code)
        where t.project_id = p.project_id and m.area_code = $place
    )
    and (p.end_date is null or p.end_date >= (select as_of from build))
order by case c.result when 'MET' then 1 when 'PARTLY' then 2 when 'NOT_MET' then 3 else 4 end, p.title

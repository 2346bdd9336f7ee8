-- One project, with the names of its programme and groups, how it stands, and its money of the year (null
-- where it is not known). Grain: project.
select
    p.*, g.name_en as group_en, g.name_cy as group_cy, m.name_en as programme_en, m.name_cy as programme_cy,
    coalesce(g.for_children, false) as for_children, n.time_state,
    money_year() as money_year,
    case
        when n.is_money_known
            then coalesce(
                (
                    select sum(y.gbp) from year_money y
                    where y.project_id = p.project_id and y.place = 'W92000004'
                ),
                0
            )
    end as year_gbp
from project p
join project_then n using (project_id)
left join target_group g on g.id = p.target_group left join programme m using (programme_id)
where p.project_id = $project_id

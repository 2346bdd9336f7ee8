-- Running projects of a place by theme, programme and tier, with the money of the year that lies there; a
-- project with two themes or two programmes counts on both, its money shared between them. Grain: theme,
-- programme, tier.
select
    t.theme_id,
    x.programme_id,
    p.tier,
    count(distinct p.project_id)::integer as projects,
    coalesce(sum(y.gbp), 0) as value_gbp
from running_project p
join project_theme t using (project_id)
join project_programme x using (project_id)
left join (
    select project_id, theme_id, programme_id, sum(gbp) as gbp from year_money
    where place = $place
    group by all
) y
    on
        y.project_id = p.project_id
        and y.theme_id = t.theme_id
        and y.programme_id is not distinct from x.programme_id
where in_place(p.project_id, $place)
group by all
order by all

-- Projects by verdict in each authority of a place, and the money of the year that lies there. Grain:
-- authority and verdict.
with here as (
    select project_id, place as la_code, sum(gbp) as gbp from year_money
    where ($theme is null or theme_id = $theme) and ($programme is null or programme_id = $programme)
    group by all
)

select
    m.la_code,
    v.verdict,
    count(distinct p.project_id)::integer as projects,
    coalesce(sum(h.gbp), 0) as year_gbp
from area_member m
join project_authority t using (la_code)
join project p using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
left join here h on h.project_id = p.project_id and h.la_code = m.la_code
where
    m.area_code = $place and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
group by m.la_code, v.verdict
order by m.la_code, v.verdict

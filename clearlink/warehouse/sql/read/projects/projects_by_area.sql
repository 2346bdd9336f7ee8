-- How many running projects of a theme reach each area of a level (small areas, or the middle-layer areas
-- they lie in), with the verdict most of them have and the money of the year placed there.
-- Grain: area and verdict.
with here as (
    select project_id, place as area_code, sum(gbp) as gbp from year_money
    where
        bucket = 'placed'
        and ($theme is null or theme_id = $theme)
        and ($programme is null or programme_id = $programme)
    group by all
)

select
    coalesce(l.parent_code, r.area_code) as area_code,
    v.verdict,
    count(distinct r.project_id)::integer as projects,
    sum(h.gbp) as year_gbp
from project_area r
join running_project p using (project_id)
left join area_link l on l.child_code = r.area_code and l.parent_type = $level and $level <> 'LSOA21'
join verdict v on v.project_id = p.project_id and v.basis = $basis
left join here h on h.project_id = p.project_id and h.area_code = r.area_code
where
    r.method in ('users', 'population_at_risk', 'population')
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
group by coalesce(l.parent_code, r.area_code), v.verdict

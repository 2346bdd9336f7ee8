-- Projects that reach one area: placed there, or area-wide over its authority or region. Grain: project.
with whole as (
    select $area as area_code
    union
    -- a community safety partnership is made of its authorities
    select child_code from area_link
    where parent_code = $area and parent_type = 'CSP'
),

here as (
    select area_code from whole
    union
    select la_code from area
    where area_code = $area and la_code is not null
    union
    select parent_code
    from area_link
    where child_code = $area and parent_type = 'LA'
    union
    select r.parent_code
    from area_link l
    join area_link r on r.child_code = l.parent_code
    where l.child_code = $area and l.parent_type = 'LA' and r.parent_type in ('RCC', 'RPB')
    union
    select parent_code from area_link
    where child_code = $area and parent_type in ('RCC', 'RPB')
    union
    select 'W92000004'
)

select
    p.project_id,
    p.title,
    p.programme_id,
    p.tier,
    p.annual_value_gbp,
    p.is_illustrative,
    v.verdict,
    v.reason,
    r.method,
    r.precision,
    sum(r.weight) as weight, sum(p.annual_value_gbp * r.weight) as value_here_gbp, p.start_date, p.end_date,
    (
        select theme_id from project_theme t
        where t.project_id = p.project_id and t.is_primary
    ) as theme_id
from project_area r
join project p using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
where
    r.area_code in (select area_code from here)
    or r.area_code in (
        select child_code from area_link
        where
            parent_code in (select area_code from whole)
            and parent_type in ('LA', 'MSOA21', 'WD24', 'LHB', 'PSB', 'PARTNERSHIP')
    )
    or r.area_code in (
        select area_code from partnership_member
        where parent_code = $area
    )
group by all
order by p.annual_value_gbp desc nulls last, p.project_id asc

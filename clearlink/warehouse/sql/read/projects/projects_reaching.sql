-- Projects of an area: `is_here`, placed in it (or on parts of it), with the money of the year that lies
-- there; otherwise it only covers the area as part of a wider one (`covers_code`), with no sum, because
-- nothing says how much of it comes here. Null where money is not known.
-- Grain: project.
with part as (
    select
        r.project_id,
        r.method,
        r.precision,
        sum(r.weight * w.share) as weight
    from project_area r
    join place_within w on w.area_code = r.area_code and w.place = $area
    group by all
),

wider as (
    select
        r.project_id,
        any_value(r.method) as method,
        any_value(r.precision) as precision,
        -- the nearest of the wider areas: that of fewest authorities
        arg_min(r.area_code, n.authorities) as covers_code
    from project_area r
    join place_within w on w.area_code = $area and w.place = r.area_code and w.share = 1
    join (
        select area_code, count(*) as authorities from area_member
        group by area_code
    ) n
        on n.area_code = r.area_code
    where r.area_code <> $area
    group by r.project_id
),

stood as (
    select project_id, method, precision, weight, null as covers_code, true as is_here from part
    union all by name
    select project_id, method, precision, null as weight, covers_code, false as is_here from wider
    where project_id not in (select project_id from part)
),

here as (
    select project_id, sum(gbp) as gbp from year_money
    where place = $area
    group by project_id
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
    s.method,
    s.precision,
    s.weight,
    s.is_here,
    s.covers_code,
    n.time_state,
    case when s.is_here and n.is_money_known then coalesce(h.gbp, 0) end as value_here_gbp, p.start_date,
    p.end_date,
    (
        select theme_id from project_theme t
        where t.project_id = p.project_id and t.is_primary
    ) as theme_id
from stood s
join project p using (project_id)
join project_then n using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = $basis
left join here h on h.project_id = p.project_id
order by
    s.is_here desc,
    case n.time_state
        when 'running' then 1
        when 'to_come' then 2
        when 'not_dated' then 3
        when 'notice' then 4
        when 'ended' then 5
        else 6
    end,
    value_here_gbp desc nulls last,
    p.project_id asc

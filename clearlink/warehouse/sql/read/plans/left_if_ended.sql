-- For each record of a place that ends by a day: what goes on after it on the same theme in an authority it
-- serves, by tier, and the people in need there. Twin: clearlink.rules.coherent.left_by. Grain: project,
-- theme, authority.
with ends as (
    select
        p.project_id, p.title, p.tier, p.end_date, p.capacity, p.capacity_unit, p.provider_name,
        t.theme_id,
        a.la_code
    from running_project p
    join project_theme t using (project_id)
    join project_authority a using (project_id)
    join area_member m on m.la_code = a.la_code
    where p.end_date <= $day and m.area_code = $place
),

goes_on as (
    select t.theme_id, a.la_code, p.project_id, p.tier
    from project p
    join project_then n using (project_id)
    join project_theme t using (project_id)
    join project_authority a using (project_id)
    where
        n.time_state in ('running', 'to_come')
        and (p.end_date is null or p.end_date > $day)
        and (p.start_date is null or p.start_date <= $day + interval 1 day)
),

undated as (
    select t.theme_id, a.la_code, count(distinct p.project_id) as records
    from project p
    join project_then n using (project_id)
    join project_theme t using (project_id)
    join project_authority a using (project_id)
    where n.time_state = 'not_dated'
    group by t.theme_id, a.la_code
),

in_need as (
    select theme_id, area_code as la_code, people_in_need
    from need
    where area_type = 'LA' and definition = 'lead' and people_in_need is not null
    qualify row_number() over (partition by theme_id, area_code order by edition desc) = 1
),

after as (
    select
        e.project_id, e.theme_id, e.la_code, count(g.project_id)::integer as others,
        count(g.tier)::integer as with_tier,
        count(*) filter (where g.tier = e.tier)::integer as same_tier
    from ends e
    left join goes_on g on g.theme_id = e.theme_id and g.la_code = e.la_code and g.project_id <> e.project_id
    group by e.project_id, e.theme_id, e.la_code
)

select
    e.project_id, e.title, e.tier, e.end_date, e.capacity, e.capacity_unit, e.provider_name, e.theme_id,
    e.la_code,
    n.people_in_need, a.others,
    case
        when a.others = 0 and u.records > 0 then 'not_known'
        when a.others = 0 then 'nothing'
        when e.tier is null or a.with_tier = 0 then 'tier_unsaid'
        when a.same_tier > 0 then 'same_tier'
        else 'other_tier'
    end as what_is_left
from ends e
join after a using (project_id, theme_id, la_code)
left join undated u on u.theme_id = e.theme_id and u.la_code = e.la_code
left join in_need n on n.theme_id = e.theme_id and n.la_code = e.la_code
order by a.others asc, n.people_in_need desc nulls last, e.title asc, e.la_code asc, e.theme_id asc

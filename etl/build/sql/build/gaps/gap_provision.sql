-- What reaches each area on each theme, from projects that run on the day of the build: money placed in the
-- year, projects placed there, places in the theme's commonest unit, the share of people at risk inside a
-- declared catchment, and whether a service for a whole area covers it. unvalued and uncounted are projects
-- placed there whose value, or places in that unit, are not recorded: what is not known is never zero.
-- listed: small areas that papers list as chosen for a programme of the theme; undated: records placed there
-- whose days nobody recorded, which are counted beside and never as running. Authorities also count services
-- for the whole of one authority, which are in the right place there. Grain: theme, area.
create temp table gap_provision as
with live as (
    select
        p.project_id, t.theme_id, (p.annual_value_gbp is null or p.value_kind <> 'yearly') as no_value,
        p.capacity, p.capacity_unit, p.delivery_model = 'area_wide' as is_wide
    from project p join project_now n using (project_id) join project_theme t using (project_id)
    where n.time_state = 'running' and not p.is_sensitive and coalesce(p.delivery_model, '') <> 'confidential'
),

unit as (
    select theme_id, capacity_unit from live
    where
        capacity is not null and capacity_unit is not null
        and not coalesce(is_wide, false)
    group by theme_id, capacity_unit
    qualify row_number() over (partition by theme_id order by count(*) desc, capacity_unit asc) = 1
),

spend as (
    select theme_id, area_code, sum(pence) as pence from ledger
    where bucket = 'placed' and financial_year = (select financial_year from build)
    group by all
    union all
    select g.theme_id, p.parent_code, sum(g.pence) from ledger g join lsoa_parent p
        on p.area_code = g.area_code and p.parent_type = 'MSOA21'
    where g.bucket = 'placed' and g.financial_year = (select financial_year from build)
    group by all
    union all
    select theme_id, la_code, sum(pence) from ledger
    where
        (bucket = 'placed' or bucket = 'area_wide' and area_code = la_code) and la_code is not null
        and financial_year = (select financial_year from build)
    group by all
),

served as (
    select
        v.theme_id, a.area_code, l.la_code, v.project_id, v.no_value,
        (v.capacity is null or v.capacity_unit is distinct from u.capacity_unit) as no_places,
        v.capacity * a.weight * (v.capacity_unit = u.capacity_unit)::integer as places, r.share,
        par.people * r.share as people
    from live v
    join project_area a
        on
            a.project_id = v.project_id
            and a.method in ('users', 'population_at_risk', 'population')
    join lsoa l on l.area_code = a.area_code
    join reach r on r.project_id = a.project_id and r.area_code = a.area_code
    left join unit u on u.theme_id = v.theme_id
    left join population_at_risk par on par.theme_id = v.theme_id and par.area_code = a.area_code
),

in_small as (
    select
        theme_id, area_code, la_code, count(distinct project_id) as projects,
        count(distinct project_id) filter (where no_value) as unvalued,
        count(distinct project_id) filter (where no_places) as uncounted,
        -- rounded, so that the order of adding, which is the engine's, leaves no trace
        round(sum(places), 9) as places,
        max(share) as reached, max(people) as people
    from served
    group by all
),

in_larger as (
    select
        s.theme_id, l.parent_code as area_code, count(distinct s.project_id) as projects,
        count(distinct s.project_id) filter (where s.no_value) as unvalued,
        count(distinct s.project_id) filter (where s.no_places) as uncounted,
        round(sum(s.places), 9) as places
    from served s join lsoa_parent l using (area_code)
    group by all
),

people_of as (
    select par.theme_id, l.parent_code as area_code, sum(par.people) as people from population_at_risk par
    join lsoa_parent l using (area_code)
    group by all
),

reached_in as (
    select i.theme_id, l.parent_code as area_code, sum(i.people) as people from in_small i
    join lsoa_parent l using (area_code)
    group by all
),

provided as (
    select theme_id, area_code, projects, unvalued, uncounted, places, reached from in_small
    union all
    select
        a.theme_id, a.area_code, a.projects, a.unvalued, a.uncounted, a.places,
        i.people / nullif(o.people, 0)
    from in_larger a
    left join people_of o using (theme_id, area_code)
    left join reached_in i using (theme_id, area_code)
),

wide as (
    select distinct v.theme_id, r.area_code from live v join reach r using (project_id)
    where v.is_wide
    union
    select distinct v.theme_id, l.parent_code from live v join reach r using (project_id) join lsoa_parent l
        on l.area_code = r.area_code
    where v.is_wide
),

chosen as (
    select distinct c.theme_id, l.area_code
    from area_choice a
    join listed_area l using (area_codes_as_published)
    join programme_theme c on c.programme_id = a.programme_id and c.fit = 'core'
    where a.chosen
),

listed as (
    select theme_id, area_code, 1 as areas from chosen
    union all
    select c.theme_id, l.parent_code, count(*) from chosen c join lsoa_parent l using (area_code)
    group by all
),

silent as (
    select t.theme_id, w.place as area_code, count(distinct a.project_id) as projects
    from project_area a join project_now n using (project_id) join project_theme t using (project_id)
    join place_within w on w.area_code = a.area_code
    where
        n.time_state = 'not_dated'
        and a.method in ('users', 'population_at_risk', 'population')
    group by all
)

select
    n.theme_id,
    n.area_code,
    coalesce(s.pence, 0) / 100.0 as spend_gbp,
    coalesce(p.projects, 0) as projects,
    coalesce(p.unvalued, 0) as unvalued,
    coalesce(p.uncounted, 0) as uncounted,
    coalesce(p.places, 0) as places,
    u.capacity_unit as unit,
    coalesce(p.reached, 0) as reached,
    w.area_code is not null as area_wide,
    coalesce(c.areas, 0)::integer as listed,
    coalesce(i.projects, 0)::integer as undated
from (select distinct theme_id, area_code from gap_need) n
left join spend s on s.theme_id = n.theme_id and s.area_code = n.area_code
left join provided p on p.theme_id = n.theme_id and p.area_code = n.area_code
left join wide w on w.theme_id = n.theme_id and w.area_code = n.area_code
left join unit u on u.theme_id = n.theme_id
left join listed c on c.theme_id = n.theme_id and c.area_code = n.area_code
left join silent i on i.theme_id = n.theme_id and i.area_code = n.area_code

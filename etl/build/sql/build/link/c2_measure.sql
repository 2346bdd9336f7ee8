-- For each project tested on its areas: people in need observed and expected at the rate of its scope, and
-- the share of its people at risk in the scope's neediest fifth. Whole authorities are compared with Wales.
-- below and above are how far the limits that a publisher gives its rates reach from the people observed, as
-- independent estimates add up. Grain: project, basis.
create temp table c2_measure as
with tested as (
    select p.project_id, u.project_id is not null as by_users
    from project p left join users_usable u using (project_id)
    where
        not p.is_sensitive
        and (
            coalesce(p.delivery_model, 'place_based') = 'place_based'
            or p.delivery_model = 'dispersed' and u.project_id is not null
        )
),

asked as (
    select c.*, t.by_users, case when c.is_whole then 'W92000004' else s.scope end as scope
    from c2_choice c join tested t using (project_id) join project_scope s using (project_id)
    where c.area_type = 'LSOA21' or c.is_whole
),

touched as (
    select a.project_id, a.basis, r.area_code, r.share, 5 * round(r.users / 5) as users
    from asked a
    join reach r using (project_id)
    where a.area_type = 'LSOA21'
    union all
    select distinct a.project_id, a.basis, l.la_code, 1.0, null
    from asked a
    join reach r using (project_id)
    join lsoa l using (area_code)
    where a.area_type = 'LA'
),

served as (
    select
        a.project_id, a.basis, count(*) as areas, count(n.score) as areas_with_need,
        sum(case when a.by_users then t.users * n.rate else n.people_in_need * t.share end) as observed,
        sum(case when a.by_users then t.users else n.population_at_risk * t.share end) filter (
            where n.score is not null
        ) as people,
        sum(
            case when a.by_users then t.users else n.population_at_risk * t.share end
            * case when a.scope = 'W92000004' then n.fifth_share_wales else n.fifth_share_region end
        ) as people_in_fifth,
        sum(
            case when a.by_users then t.users else n.population_at_risk * t.share end
            * case when a.scope = 'W92000004' then n.half_share_wales else n.half_share_region end
        ) as people_in_half,
        coalesce(bool_or(n.is_illustrative), false) as is_illustrative,
        case
            when bool_and(coalesce(n.range_basis, 'counted') = 'counted') then 'counted'
            when bool_and(coalesce(n.range_basis, 'published') = 'published') then 'published'
            else 'none'
        end as range_basis,
        sqrt(sum(pow(
            (n.rate - n.lower) * case when a.by_users then t.users else n.population_at_risk * t.share end, 2
        ))) as below,
        sqrt(sum(pow(
            (n.upper - n.rate) * case when a.by_users then t.users else n.population_at_risk * t.share end, 2
        ))) as above
    from asked a
    join touched t using (project_id, basis)
    join
        need n
        on
            n.theme_id = a.theme_id
            and n.definition = a.definition
            and n.edition = a.edition
            and n.area_code = t.area_code
            and n.area_type = a.area_type
    group by a.project_id, a.basis
),

compared as (
    select
        n.theme_id, n.definition, n.edition, n.area_type, s.scope,
        sum(n.people_in_need)
        / nullif(sum(n.population_at_risk) filter (where n.people_in_need is not null), 0) as rate,
        sum(
            n.population_at_risk
            * case when s.scope = 'W92000004' then n.fifth_share_wales else n.fifth_share_region end
        )
        / sum(n.population_at_risk) as fifth_share
    from need n left join lsoa l using (area_code)
    cross join lateral (select unnest([l.region_code, 'W92000004']) as scope) s
    where n.score is not null and s.scope is not null
    group by all
)

select
    a.project_id,
    a.basis,
    a.scope,
    a.area_type,
    a.definition,
    v.areas,
    v.areas_with_need,
    v.people,
    v.is_illustrative,
    v.range_basis,
    v.below,
    v.above,
    round(v.observed) as observed, v.people * k.rate as expected, k.rate as scope_rate,
    v.people_in_fifth / nullif(v.people, 0) as served_fifth_share,
    v.people_in_half / nullif(v.people, 0) as served_half_share,
    k.fifth_share as scope_fifth_share
from asked a
join served v using (project_id, basis)
join
    compared k
    on
        k.theme_id = a.theme_id
        and k.definition = a.definition
        and k.edition = a.edition
        and k.area_type = a.area_type
        and k.scope = a.scope

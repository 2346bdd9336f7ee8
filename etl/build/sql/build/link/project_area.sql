-- One row per project and area it reaches. Weights follow users, then population at risk, then people, and
-- never need. Sensitive projects hold their region only; area-wide services hold the areas they were declared
-- for. Grain: project, area.
create table project_area as
with one_theme as (
    select project_id, theme_id from project_theme
    where is_primary
),

placed as (
    select
        r.project_id, r.area_code, r.precision,
        case
            when u.project_id is not null then 5 * round(r.users / 5)
            when
                sum(par.people * r.share) over (partition by r.project_id) > 0
                then coalesce(par.people, 0) * r.share
            else coalesce(a.population, 1) * r.share
        end as size,
        case
            when u.project_id is not null then 'users'
            when
                sum(par.people * r.share) over (partition by r.project_id) > 0
                then 'population_at_risk'
            else 'population'
        end as method
    from reach r
    join project p using (project_id)
    join area a using (area_code)
    left join users_usable u using (project_id)
    left join one_theme t using (project_id)
    left join population_at_risk par on par.theme_id = t.theme_id and par.area_code = r.area_code
    where not p.is_sensitive and coalesce(p.delivery_model, 'place_based') in ('place_based', 'dispersed')
)

select
    project_id,
    area_code,
    size / nullif(sum(size) over (partition by project_id), 0) as weight,
    method,
    precision
from placed
union all
select p.project_id, coalesce(p.region_code, s.scope), 1.0, 'protected', 'REGION'
from project p join project_scope s using (project_id)
where p.is_sensitive or p.delivery_model = 'confidential'
union all
select
    d.project_id,
    d.area_code,
    coalesce(a.population, 1) / sum(coalesce(a.population, 1)) over (partition by d.project_id),
    'area_wide',
    case when a.area_type in ('RCC', 'RPB', 'WALES') then 'REGION' else a.area_type end
from project_declared_area d
join project p using (project_id)
join area a using (area_code)
where p.delivery_model = 'area_wide' and not p.is_sensitive

-- Where the money of each project went, in whole pence that add up: placed on small areas by the weights of
-- project_area, held by an area-wide service for its areas, protected (region only), or unplaced. Left-over
-- pennies go to the largest remainders, then to the first code. la_code and region_code (2012 to 2019 areas)
-- say where a row counts; unplaced money counts in its commissioner's authority and region. Twins:
-- clearlink.rules.money.place and apportion. Grain: project, theme, financial year, bucket, area.
create table ledger as
with weighed as (
    select project_id, area_code, weight from project_area
    where weight > 0
),

bucketed as (
    select
        y.*, s.scope,
        case
            when p.is_sensitive or coalesce(p.delivery_model, '') = 'confidential' then 'protected'
            when p.delivery_model = 'area_wide' then 'area_wide'
            when exists (
                select 1 from weighed w
                where w.project_id = y.project_id
            ) then 'placed'
            else
                'unplaced'
        end as bucket
    from project_year y join project p using (project_id) join project_scope s using (project_id)
),

shared as (
    select
        b.*,
        w.area_code,
        b.pence
        * coalesce(w.weight, 1.0)
        / sum(coalesce(w.weight, 1.0)) over (partition by b.project_id, b.theme_id, b.financial_year) as exact
    from bucketed b left join weighed w on w.project_id = b.project_id and b.bucket <> 'unplaced'
),

floored as (
    select
        *, pence - sum(floor(exact)) over one as pence_left,
        row_number()
            over (partition by project_id, theme_id, financial_year order by floor(exact) - exact, area_code)
            as nth
    from shared
    window one as (partition by project_id, theme_id, financial_year)
)

select
    f.project_id,
    f.theme_id,
    f.financial_year,
    f.bucket,
    f.area_code,
    case
        when f.bucket = 'unplaced' then p.la_code
        else coalesce(l.la_code, case when a.area_type = 'LA' then a.area_code end)
    end as la_code,
    coalesce(
        l.region_code, r.region_code, case when a.area_type in ('RCC', 'WALES') then a.area_code end, f.scope
    ) as region_code,
    (floor(exact) + (nth <= pence_left)::integer)::bigint as pence
from floored f
join project p using (project_id)
left join lsoa l using (area_code)
left join area a using (area_code)
left join la_region r on r.la_code = f.area_code and r.region_type = 'RCC'
where floor(exact) + (nth <= pence_left)::integer > 0

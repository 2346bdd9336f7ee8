-- Projects that this scope may not read: of a protected place, or under embargo, while the scope does not act
-- for every authority that commissions them. `region_code`: the region of 2012 to 2019 that holds all its
-- authorities, else Wales. Grain: project.
with secret as (
    select
        p.project_id,
        p.title,
        p.provider_name,
        p.provider_org_id,
        p.annual_value_gbp,
        n.time_state,
        (
            select sum(l.pence) / 100.0 from memory.whole.ledger l
            where
                l.project_id = p.project_id
                and l.financial_year = (select financial_year from memory.whole.build)
        ) as year_gbp,
        p.start_date,
        p.end_date,
        p.source_ref,
        coalesce(p.la_code, p.region_code) as owner,
        p.is_sensitive or coalesce(p.delivery_model, '') = 'confidential' as is_protected,
        coalesce(p.embargo_until > getvariable('scope_on')::date, false) as is_embargoed
    from memory.whole.project p
    join memory.whole.project_now n using (project_id)
),

owned as (
    select s.project_id, m.la_code from secret s join memory.whole.area_member m on m.area_code = s.owner
    where s.is_protected or s.is_embargoed
),

acted as (
    select
        o.project_id,
        bool_and(
            o.la_code in (
                select la_code from memory.whole.area_member
                where list_contains(getvariable('scope_protected')::varchar[], area_code)
            )
        ) as for_protected,
        bool_and(
            o.la_code in (
                select la_code from memory.whole.area_member
                where list_contains(getvariable('scope_embargoed')::varchar[], area_code)
            )
        ) as for_embargoed
    from owned o
    group by o.project_id
),

region as (
    select t.project_id, m.area_code
    from memory.whole.project_authority t
    join memory.whole.area_member m using (la_code)
    where m.area_code like 'RCC_%'
    group by all
)

select
    s.project_id,
    s.title,
    s.provider_name,
    s.provider_org_id,
    s.annual_value_gbp,
    s.time_state,
    s.year_gbp,
    s.start_date,
    s.end_date,
    s.source_ref,
    case
        when (
            select count(*) from region r
            where
                r.project_id = s.project_id
        ) = 1
            then (
                select min(r.area_code) from region r
                where r.project_id = s.project_id
            )
        else 'W92000004'
    end as region_code
from secret s left join acted a using (project_id)
where
    s.is_protected and not coalesce(a.for_protected, false)
    or s.is_embargoed and not coalesce(a.for_embargoed, false)

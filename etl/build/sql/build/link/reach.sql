-- Every small area that a project's declared areas cover, how much of it, and how precisely that was said. A
-- partnership is taken as it was on the day of the decision; where it did not exist on that day, as it ever
-- was. Grain: project, small area.
create temp table reach as
with member as (
    select
        l.parent_code,
        l.parent_type,
        l.child_code as area_code,
        l.weight,
        null::date as valid_from,
        null::date as valid_to
    from area_link l
    join lsoa on lsoa.area_code = l.child_code
    where l.parent_type in ('MSOA21', 'LA')
    union all
    select parent_code, parent_type, area_code, weight, valid_from, valid_to from partnership_member
),

dated as (
    select
        d.project_id, d.area_code as declared_code, d.users, m.parent_type, m.area_code, m.weight,
        s.decided_on is null
        or s.decided_on between coalesce(m.valid_from, date '0001-01-01') and coalesce(
            m.valid_to, date '9999-12-31'
        ) as holds
    from project_declared_area d
    join member m on m.parent_code = d.area_code
    join project_scope s using (project_id)
    qualify holds or not bool_or(holds) over (partition by d.project_id, d.area_code)
),

in_force as (
    select project_id, declared_code, any_value(users) as users, parent_type, area_code, max(weight) as weight
    from dated
    group by project_id, declared_code, parent_type, area_code
),

covered as (
    select d.project_id, d.area_code as declared_code, l.area_code, 1.0 as share, 'LSOA' as precision, d.users
    from project_declared_area d join lsoa l using (area_code)
    union all
    select
        d.project_id,
        d.area_code,
        b.lsoa21_code,
        case when b.change = 'S' then 1.0 else b.share end,
        'LSOA',
        d.users * b.share
    from project_declared_area d join bridge b on b.lsoa11_code = d.area_code
    where d.area_code not in (select area_code from lsoa)
    union all
    select
        project_id,
        declared_code,
        area_code,
        weight,
        case parent_type
            when 'MSOA21' then 'MSOA' when 'WD24' then 'WARD' when 'PSB' then 'REGION'
            when 'CLUSTER' then 'PARTNERSHIP' else parent_type
        end,
        users * weight / sum(weight) over (partition by project_id, declared_code)
    from in_force
    union all
    select
        d.project_id,
        d.area_code,
        l.area_code,
        1.0,
        case when d.area_code = 'W92000004' then 'WALES' else 'REGION' end,
        null
    from project_declared_area d
    join lsoa l
        on
            d.area_code = 'W92000004'
            or exists (
                select 1 from la_region r
                where r.region_code = d.area_code and r.la_code = l.la_code
            )
    where d.area_code = 'W92000004' or d.area_code like 'RCC_%' or d.area_code like 'RPB_%'
)

select
    project_id, area_code, least(1.0, sum(share)) as share, sum(users) as users,
    case
        when count(*) filter (where precision in ('WALES', 'REGION')) > 0 then 'REGION'
        when count(*) filter (where precision = 'LHB') > 0 then 'LHB'
        when count(*) filter (where precision = 'LA') > 0 then 'LA'
        when count(*) filter (where precision = 'PARTNERSHIP') > 0 then 'PARTNERSHIP'
        when count(*) filter (where precision = 'WARD') > 0 then 'WARD'
        when count(*) filter (where precision = 'MSOA') > 0 then 'MSOA' else 'LSOA'
    end as precision
from covered
group by project_id, area_code

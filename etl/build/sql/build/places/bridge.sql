-- From each small area of 2011 to the areas of 2021 it became, with the share of the old area's people in
-- each new one. Grain: small area of 2011, small area of 2021.
create temp table bridge as
select
    l.child_code as lsoa11_code, l.parent_code as lsoa21_code, l.change,
    coalesce(
        p.people / nullif(sum(p.people) over (partition by l.child_code), 0),
        1.0 / count(*) over (partition by l.child_code)
    ) as share
from area_link l
left join (
    select area_code, max(value) as people
    from observation
    where indicator_id = 'population_total' and value is not null
    group by area_code
) p on p.area_code = l.parent_code
where l.parent_type = 'LSOA21'

-- Figures of middle-layer areas of 2011 brought to those that took their place: areas that merged are summed,
-- an area that was split is shared by the people counted in its parts in 2021; where a part has no figure
-- there is none. Areas that did not change keep their own. They are counts, and never written on smaller
-- areas. Grain: indicator, area, period, edition.
-- after: observation_derived
-- before: area_population
insert into observation
with part as (
    select distinct m.parent_code as old_code, n.parent_code as new_code, n.child_code as lsoa21_code
    from area_link m
    join area_link b on b.child_code = m.child_code and b.parent_type = 'LSOA21'
    join area_link n on n.child_code = b.parent_code and n.parent_type = 'MSOA21'
    where m.parent_type = 'MSOA11'
),

people as (
    select area_code, max(value) as people from observation
    where indicator_id = 'population_total' and value is not null
    group by area_code
),

shared as (
    select
        p.old_code,
        p.new_code,
        sum(coalesce(o.people, 1)) / sum(sum(coalesce(o.people, 1))) over (partition by p.old_code) as share,
        count(*) over (partition by p.old_code) > 1 as is_split
    from part p left join people o on o.area_code = p.lsoa21_code
    group by p.old_code, p.new_code
),

moved as (
    select o.*, s.new_code, s.share, s.is_split
    from observation o
    join shared s on s.old_code = o.area_code and s.new_code <> o.area_code
    join area a on a.area_code = s.old_code and a.area_type = 'MSOA11'
)

select
    indicator_id,
    new_code,
    period,
    edition,
    case when count(*) = count(value) then sum(value * share) end,
    case when count(*) > count(value) then any_value(marker) end,
    null,
    null,
    null,
    null,
    any_value(snapshot_id),
    case
        when bool_or(is_split)
            then format('{:.4f} of ', any_value(share)) || any_value(cell)
        when count(*) = 1 then any_value(cell)
        else 'sum of ' || string_agg(cell, ' + ' order by cell)
    end
from moved
group by indicator_id, new_code, period, edition

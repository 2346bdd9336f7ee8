-- Boards, partnerships, clusters and wards that reach into the authorities of a place, with the number of
-- their small areas; the widest kind first.
-- Grain: partnership.
select
    a.area_code,
    a.area_type,
    a.name_en,
    a.name_cy,
    a.population,
    count(distinct m.area_code)::integer as small_areas,
    min(m.valid_from) as since,
    nullif(max(coalesce(m.valid_to, date '9999-12-31')), date '9999-12-31') as until
from area a join partnership_member m on m.parent_code = a.area_code
where
    exists (
        select 1
        from partnership_member x
        join area_link l on l.child_code = x.area_code and l.parent_type = 'LA'
        where
            x.parent_code = a.area_code and l.parent_code in (
                select la_code from area_member
                where area_code = $place
            )
    )
group by all
order by
    list_position(['PSB', 'PARTNERSHIP', 'LHB', 'CLUSTER', 'WD24'], any_value(a.area_type)) asc,
    a.area_code asc

-- Places that can be searched for by name, with what they lie in and, for a ward, its small areas. Grain:
-- area.
select
    a.area_code,
    a.area_type,
    a.name_en,
    a.name_cy,
    coalesce(l.la_code, a.la_code, a.area_code) as la_code,
    coalesce(l.within, []) as within,
    coalesce(w.small, []) as small
from area a
left join (
    select
        child_code,
        list(parent_code order by parent_code) as within,
        min(parent_code) filter (where parent_type = 'LA') as la_code
    from area_link
    where parent_type in ('LA', 'MSOA21')
    group by child_code
) l on l.child_code = a.area_code
left join (
    select parent_code, list(child_code order by child_code) as small
    from area_link
    where parent_type = 'WD24'
    group by parent_code
) w on w.parent_code = a.area_code
where a.area_type in ('LA', 'MSOA21', 'WD24', 'LSOA21')
order by a.area_code

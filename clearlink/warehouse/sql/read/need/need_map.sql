-- Need of every area of one level for a theme, definition and edition. Grain: area.
select
    a.area_code,
    a.name_en,
    a.name_cy,
    coalesce(l.parent_code, a.la_code, a.area_code) as la_code,
    -- a partnership of two authorities lies in the place of either
    coalesce(m.la_codes, [coalesce(l.parent_code, a.la_code, a.area_code)]) as la_codes,
    n.people_in_need,
    n.population_at_risk,
    n.rate,
    n.lower,
    n.upper,
    n.range_basis,
    n.rate_decimals,
    n.marker,
    n.score,
    n.rank,
    n.rank_of,
    n.rank_low,
    n.rank_high,
    n.neediest_fifth_probability,
    n.fifth_share_region,
    n.fifth_share_wales,
    n.is_illustrative,
    a.west,
    a.south,
    a.east,
    a.north,
    g.group_of_five as published_group
from area a
left join area_link l on l.child_code = a.area_code and l.parent_type = 'LA'
left join (
    select parent_code, list(child_code order by child_code) as la_codes
    from area_link
    where parent_type = 'CSP'
    group by parent_code
) m on m.parent_code = a.area_code
left join
    need n
    on
        n.area_code = a.area_code
        and n.theme_id = $theme
        and n.definition = $definition
        and n.edition = $edition
        and n.area_type = $area_type
left join
    wimd_group g
    on
        g.edition = n.edition
        and n.definition = 'wimd'
        and g.area_code = a.area_code
where a.area_type = $area_type
order by a.area_code

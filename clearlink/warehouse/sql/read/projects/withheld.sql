-- Projects of a place that this scope may not read, counted in Wales or in a region of the same authorities
-- as one of 2012 to 2019; `live`: running ones only. Money (£) is that of the build's year, null where
-- another is chosen. Grain: one row, or none where too few stand together to be counted.
select
    c.projects,
    -- what one of them has would follow from two years told beside each other
    case when money_year() = (select financial_year from build) then coalesce(c.year_gbp, 0) end as year_gbp
from withheld_cell c
where
    c.live = $live
    and (
        c.region_code = $place
        or $place <> 'W92000004' and c.region_code <> 'W92000004'
        and (
            select list(la_code order by la_code) from area_member
            where area_code = c.region_code
        )
        = (
            select list(la_code order by la_code) from area_member
            where area_code = $place
        )
    )

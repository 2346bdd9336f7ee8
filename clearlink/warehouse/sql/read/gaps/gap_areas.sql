-- One gap on one theme: every area of a region (or Wales) as it was classed against that region, for the
-- authorities of a place. Grain: area.
select g.* exclude (theme_id, region, gap_type), a.name_en, a.name_cy
from gap g join area a using (area_code)
where
    g.theme_id = $theme and g.region = $region and g.gap_type = $gap_type
    and g.la_code in (
        select la_code from area_member
        where area_code = $place
    )
order by g.gap_gbp desc nulls last, g.rate desc nulls last, g.area_code asc

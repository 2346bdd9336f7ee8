-- The named gaps on a project's main theme in the areas it serves (the whole authority where it is
-- area-wide), each judged against a region. `areas` of a class, and provision relative to the region's over
-- them (1 = its share). Grain: gap and class.
select
    g.gap_type,
    g.class,
    count(*)::integer as areas,
    min(g.relative_provision) as lowest,
    max(g.relative_provision) as highest
from gap g
where
    g.region = $region
    and g.theme_id = (
        select theme_id from project_theme
        where project_id = $project_id and is_primary
    )
    and (
        g.area_type = 'MSOA21'
        and g.area_code in (
            select l.parent_code
            from project_area r join area_link l on l.child_code = r.area_code and l.parent_type = 'MSOA21'
            where r.project_id = $project_id
        )
        or g.area_code in (
            select area_code from project_area
            where project_id = $project_id
        )
        or (
            g.la_code in (
                select area_code from project_area
                where project_id = $project_id
            ) and g.area_type <> 'LA'
        )
    )
group by all
order by g.gap_type asc, areas desc, g.class asc

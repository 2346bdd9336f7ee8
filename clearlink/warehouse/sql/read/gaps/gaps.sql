-- Areas by class of each gap on each theme, in a place, each judged against a region. Grain: theme, gap,
-- class.
select
    theme_id,
    gap_type,
    class,
    count(*)::integer as areas,
    sum(people_in_need) as people_in_need,
    sum(gap_gbp) filter (where gap_gbp > 0) as below_share_gbp
from gap
where
    region = $region and la_code in (
        select la_code from area_member
        where area_code = $place
    ) and ($theme is null or theme_id = $theme
    )
group by all
order by theme_id asc, gap_type asc, areas desc

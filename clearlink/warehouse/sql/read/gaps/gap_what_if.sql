-- The money or capacity gap with other thresholds: the class of each area of a place as it would be. Nothing
-- is written. Grain: area.
with cut as (
    select g.* from gap g
    where
        g.theme_id = $theme and g.region = $region and g.gap_type = $gap_type
        and g.la_code in (
            select la_code from area_member
            where area_code = $place
        )
)

select
    area_code, la_code, people_in_need, relative_provision, class as class_now,
    gap_class(
        relative_provision, people_in_need, unplaced_share, is_known, crosses_cut, unknown, high_need,
        area_wide,
        $gap_cut, $watch_cut, $matched_cut, $above_cut, $unplaced_share_max, $small_people
    ) as class_then
from cut
order by area_code

-- The money or capacity gap with other thresholds: the class of each area of a place as it would be. Nothing
-- is written. Twin of the classes in the build. Grain: area.
with cut as (
    select g.* from gap g
    where
        g.theme_id = $theme and g.region = $region and g.gap_type = $gap_type and g.la_code in (
            select la_code from area_member
            where area_code = $place
        )
)

select
    area_code, la_code, people_in_need, relative_provision, class as class_now,
    case
        when unplaced_share > $unplaced_share_max + 1e-9 then 'NOT_SHOWN_UNPLACED'
        when people_in_need is null or people_in_need < $small_people - 1e-9 then 'NOT_SHOWN_SMALL'
        when not is_known then 'NOT_KNOWN'
        when relative_provision is null then 'NOT_SHOWN_SMALL'
        when crosses_cut then 'UNCERTAIN'
        when relative_provision >= $watch_cut - 1e-9
            then
                case
                    when relative_provision <= $matched_cut + 1e-9 then 'MATCHED'
                    when
                        relative_provision > $above_cut + 1e-9 and not high_need
                        then 'WELL_ABOVE_SHARE'
                    else 'ABOVE_SHARE'
                end
        when unknown > 0 then 'NOT_SHOWN_UNKNOWN'
        when not high_need then 'LOW_NEED_LOW_PROVISION'
        when relative_provision <= 1e-9 then case when area_wide then 'AREA_WIDE_ONLY' else 'NO_PROVISION' end
        when relative_provision >= $gap_cut - 1e-9 then 'WATCH' else 'GAP'
    end as class_then
from cut
order by area_code

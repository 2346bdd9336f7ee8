-- What an area may be called by pounds or places for each person in need: the one place that says it, for the
-- build and for what is supposed. What forbids showing an area comes first. Twin:
-- clearlink.rules.gap.gap.gap_class.
create macro gap_class(
    relative_provision, people_in_need, unplaced_share, is_known, crosses_cut, unknown, high_need, area_wide,
    gap_cut, watch_cut, matched_cut, above_cut, unplaced_share_max, small_people
) as
case
    when unplaced_share > unplaced_share_max + 1e-9 then 'NOT_SHOWN_UNPLACED'
    when people_in_need is null or people_in_need < small_people - 1e-9 then 'NOT_SHOWN_SMALL'
    when not is_known then 'NOT_KNOWN'
    when relative_provision is null then 'NOT_SHOWN_SMALL'
    when crosses_cut then 'UNCERTAIN'
    when relative_provision >= watch_cut - 1e-9
        then
            case
                when relative_provision <= matched_cut + 1e-9 then 'MATCHED'
                when relative_provision > above_cut + 1e-9 and not high_need then 'WELL_ABOVE_SHARE'
                else 'ABOVE_SHARE'
            end
    when unknown > 0 then 'NOT_SHOWN_UNKNOWN'
    when not high_need then 'LOW_NEED_LOW_PROVISION'
    when relative_provision <= 1e-9 then case when area_wide then 'AREA_WIDE_ONLY' else 'NO_PROVISION' end
    when relative_provision >= gap_cut - 1e-9 then 'WATCH'
    else 'GAP'
end

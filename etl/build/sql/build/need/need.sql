-- One row per theme, area, definition and edition. Small areas of 2021, and authorities by sums of counts or
-- by their own published figures. Rank 1 = most need; ties share a rank. Rank limits are filled by the
-- sensitivity draws. lower and upper are the limits of the rate, and range_basis (published, counted, none)
-- says where they come from; a figure with a marker is not ranked. Grain: theme, area, definition, edition.
create table need as
select
    u.theme_id,
    u.area_code,
    'LSOA21' as area_type,
    u.definition,
    u.edition,
    e.published,
    e.reference_end,
    e.slow_moving,
    u.indicator_id,
    u.people_in_need,
    u.population_at_risk,
    u.rate,
    u.lower,
    u.upper,
    u.range_basis,
    u.rate_decimals::integer as rate_decimals,
    u.marker, u.score,
    case when u.score is not null then rank() over ranked end::integer as rank,
    (count(u.score) over (partition by u.theme_id, u.definition, u.edition))::integer as rank_of,
    null::integer as rank_low, null::integer as rank_high, null::double as neediest_fifth_probability,
    fr.fifth_share as fifth_share_region,
    fw.fifth_share as fifth_share_wales,
    fr.half_share as half_share_region,
    fw.half_share as half_share_wales,
    u.fit,
    coalesce(e.is_illustrative, false) as is_illustrative
from need_unranked u
join lsoa l using (area_code)
left join edition_date e on e.indicator_id = u.dated_by and e.edition = u.edition
left join
    need_fifth fr
    on
        fr.theme_id = u.theme_id
        and fr.definition = u.definition
        and fr.edition = u.edition
        and fr.scope = l.region_code
        and fr.score = u.score
left join
    need_fifth fw
    on
        fw.theme_id = u.theme_id
        and fw.definition = u.definition
        and fw.edition = u.edition
        and fw.scope = 'W92000004'
        and fw.score = u.score
window ranked as (partition by u.theme_id, u.definition, u.edition order by u.score desc nulls last)

-- The four named gaps, for each area within its region and within Wales (method C).
--   money: pounds per person in need, relative to the region's; gap_gbp above 0 is below its share. capacity:
-- places per person in   need, relative to the region's. presence: projects placed there. reach: share of
-- people at risk inside a declared catchment. Classes of money and capacity follow
-- clearlink.rules.gap.gap.gap_class; presence and reach use the same overrides. Where no register of a
-- programme of the theme is loaded nothing says that there is none (NOT_KNOWN): sums and places are compared
-- only among authorities whose register is, and a project, a listed area or a published figure above zero
-- still shows that something is there. An area whose own sum (or places) is understated because a project
-- there records none is not classed below its share. Need and provision thirds (1 lowest) follow
-- bivariate_terciles, but an area with nothing is always in the lowest third. Grain: theme, region, area,
-- gap.
create table gap as
with unplaced as (
    select theme_id, region, sum(pence) filter (where bucket = 'unplaced') / sum(pence) as share
    from ledger cross join lateral (select unnest(list_distinct([region_code, 'W92000004'])) as region) s
    where financial_year = (select financial_year from build)
    group by all
),

base as (
    select
        n.*,
        p.* exclude (theme_id, area_code),
        -- where the publisher gives no range nobody can say whether it spans the cut: null, and no class
        -- rests on it
        case
            when n.range_basis = 'none' then null
            else coalesce(n.lower < n.cut_rate - 1e-9 and n.upper > n.cut_rate + 1e-9, false)
        end as crosses_cut,
        coalesce(u.share, 0) as unplaced_share,
        coalesce(k.by_register, false) as by_register,
        coalesce(k.by_areas, false) as by_areas,
        -- a figure of an authority says nothing of one small area in it
        case when n.area_type = 'LA' then k.figure_indicator end as figure_indicator,
        case when n.area_type = 'LA' then k.figure_value end as figure_value,
        case when n.area_type = 'LA' then k.figure_marker end as figure_marker,
        case when n.area_type = 'LA' then k.figure_period end as figure_period
    from gap_need n
    join gap_provision p using (theme_id, area_code)
    left join provision_known k on k.theme_id = n.theme_id and k.la_code = n.la_code
    left join unplaced u on u.theme_id = n.theme_id and u.region = n.region
),

by_need as (
    select
        *,
        case
            when
                rate is not null
                then (2 * rank() over ordered - 2 + count(*) over tied) / (2.0 * count(rate) over whole)
        end as need_middle
    from base
    window
        whole as (partition by theme_id, region),
        ordered as (partition by theme_id, region order by rate asc nulls last),
        tied as (partition by theme_id, region, rate)
),

each as (
    select b.*, 'money' as gap_type, spend_gbp as provision, unvalued as unknown, by_register as is_known
    from by_need b
    union all
    select b.*, 'capacity', places, uncounted, by_register from by_need b
    union all
    select
        b.*, 'presence', projects, 0, (by_register or by_areas) and undated = 0
        or coalesce(figure_value = 0, false)
    from by_need b
    union all
    select b.*, 'reach', reached, 0, by_register and undated = 0 from by_need b
),

average as (
    select
        theme_id,
        region,
        gap_type,
        sum(provision) filter (where people_in_need is not null and is_known)
        / nullif(sum(people_in_need) filter (where is_known), 0) as mean_provision
    from each
    group by theme_id, region, gap_type
),

shared as (
    select * from each join average using (theme_id, region, gap_type)
),

related as (
    select
        *,
        case
            when
                gap_type in ('money', 'capacity') and people_in_need is not null and is_known
                then provision / nullif(people_in_need, 0)
        end as per_person,
        case
            when
                gap_type in ('money', 'capacity') and people_in_need is not null and is_known
                then provision / nullif(people_in_need, 0) / nullif(mean_provision, 0)
        end as relative_provision,
        case
            when
                gap_type = 'money' and people_in_need is not null and is_known
                then people_in_need * mean_provision - spend_gbp
        end as gap_gbp
    from shared
),

placed_in as (
    select
        *,
        (2 * rank() over ordered - 2 + count(*) over tied)
        / (2.0 * count(per_person) over whole) as money_middle
    from related
    where per_person is not null
    window
        whole as (partition by theme_id, region, gap_type),
        ordered as (partition by theme_id, region, gap_type order by per_person),
        tied as (partition by theme_id, region, gap_type, per_person)
    union all by name
    select * from related
    where per_person is null
)

select
    theme_id,
    region,
    area_code,
    area_type,
    la_code,
    gap_type,
    'lead' as definition,
    edition,
    people_in_need,
    population_at_risk,
    rate,
    lower,
    upper,
    range_basis,
    rate_decimals,
    cut_rate,
    marker,
    fifth_share,
    high_need,
    crosses_cut,
    unplaced_share,
    area_wide,
    case when is_known or projects > 0 then projects::integer end as projects,
    unknown::integer as unknown,
    case when by_register or spend_gbp > 0 then spend_gbp end as spend_gbp,
    -- what nobody loaded is not known, and never zero
    case when is_known or provision > 0 then provision end as provision,
    is_known,
    by_register,
    listed,
    undated,
    figure_indicator,
    figure_value,
    figure_marker,
    figure_period,
    case when gap_type = 'capacity' then unit end as unit,
    per_person, relative_provision, gap_gbp,
    case
        when gap_type in ('money', 'capacity')
            then
                gap_class(
                    relative_provision, people_in_need, unplaced_share, is_known, crosses_cut, unknown,
                    high_need,
                    area_wide, setting_value('gap_cut'), setting_value('watch_cut'),
                    setting_value('matched_cut'), setting_value('above_cut'),
                    setting_value('unplaced_share_max'), setting_value('small_people')
                )
        when gap_type = 'presence' and provision > 0 then 'PRESENT'
        when gap_type = 'presence' and (listed > 0 or figure_value > 0) then 'PRESENT_BY_FIGURES'
        when gap_type = 'presence' and figure_marker is not null and not is_known then 'PROVISION_WITHHELD'
        when gap_type = 'reach' and provision >= setting_value('watch_cut') - 1e-9 then 'REACHED'
        when gap_type = 'reach' and provision > 1e-9 then 'PART_REACHED'
        when unplaced_share > setting_value('unplaced_share_max') + 1e-9 then 'NOT_SHOWN_UNPLACED'
        when
            people_in_need is null or people_in_need < setting_value('small_people') - 1e-9
            then 'NOT_SHOWN_SMALL'
        when area_wide then 'AREA_WIDE_ONLY'
        when not is_known then 'NOT_KNOWN'
        when crosses_cut then 'UNCERTAIN'
        when high_need then 'NO_PROVISION'
        else 'LOW_NEED_LOW_PROVISION'
    end as class,
    case
        when
            need_middle is not null
            then 1 + (need_middle >= 1 / 3.0 - 1e-9)::integer + (need_middle >= 2 / 3.0 - 1e-9)::integer
    end as need_third,
    case
        when
            gap_type = 'presence'
            then
                case
                    when provision > 0 or listed > 0 or figure_value > 0 then 3
                    when area_wide then 2
                    when is_known then 1
                end
        when
            gap_type = 'reach'
            then
                case
                    when provision >= 2 / 3.0 - 1e-9 then 3
                    when provision >= 1 / 3.0 - 1e-9 then 2
                    when is_known or provision > 0 then 1
                end
        when unknown > 0 then null
        when per_person = 0 then 1
        when
            money_middle is not null
            then 1 + (money_middle >= 1 / 3.0 - 1e-9)::integer + (money_middle >= 2 / 3.0 - 1e-9)::integer
    end as provision_third,
    is_illustrative
from placed_in

-- Planned, outturn, capacity, reached and in need side by side, and what of it is odd; nothing is mended.
-- The twin of `clearlink.rules.programmes.cascade.odd`. Counts of people are in fives, so half of that is
-- no difference. Grain: programme, area, period, part.
create table programme_cascade as
with side as (
    select
        r.programme_id, r.area_code, r.period, r.part,
        max(r.value) filter (where m.cascade = 'planned') as planned_gbp,
        max(r.value) filter (where m.cascade = 'outturn') as outturn_gbp,
        max(r.value) filter (where m.cascade = 'capacity') as capacity,
        max(r.value) filter (where m.cascade = 'reached') as reached,
        max(r.value) filter (where m.cascade = 'in_need') as in_need,
        bool_or(r.is_illustrative) as is_illustrative
    from return_standing r join programme_measure m using (measure_id)
    where m.cascade is not null
    group by all
),

law as (
    select
        min(value) filter (where name = 'outturn_far') as far,
        min(value) filter (where name = 'disclosure_round_to') / 2 as slack
    from setting
)

select
    s.*,
    list_filter(
        [
            case when s.reached > s.capacity + l.slack then 'reached_over_capacity' end,
            case when s.reached > s.in_need + l.slack then 'reached_over_need' end,
            case when s.capacity > s.in_need + l.slack then 'capacity_over_need' end,
            case when abs(s.outturn_gbp - s.planned_gbp) > l.far * s.planned_gbp then 'outturn_far' end,
            case when s.planned_gbp = 0 and s.outturn_gbp > 0 then 'spent_unplanned' end
        ],
        lambda code: code is not null
    ) as odd
from side s cross join law l
order by all

-- Totals of populations for authorities and middle-layer areas, so that their rates have people under them;
-- sums of published LSOA counts. Where a small area's count is withheld or missing the sum would be too low,
-- so the larger area gets the mark of its parts instead of a figure. Grain: indicator, larger area, edition.
-- after: observation_at_msoa
-- before: area_population
insert into observation
with part as (
    select o.indicator_id, l.parent_code, o.edition, o.period, o.value, o.marker, o.snapshot_id
    from observation o
    join indicator i on i.indicator_id = o.indicator_id and i.kind = 'population'
    join area_link l on l.child_code = o.area_code and l.parent_type in ('LA', 'MSOA21')
),

small_area as (
    select l.parent_code, count(*) as n
    from area_link l
    join area a on a.area_code = l.child_code and a.area_type = 'LSOA21'
    where l.parent_type in ('LA', 'MSOA21')
    group by l.parent_code
),

summed as (
    select
        p.indicator_id,
        p.parent_code,
        p.edition,
        min(p.period) as period,
        sum(p.value) as people,
        count(p.value) as known,
        greatest(count(*), any_value(n.n)) as n,
        case
            when count(distinct p.marker) = 1 and count(*) >= any_value(n.n) then any_value(p.marker) else
                'not_available'
        end as marker,
        min(p.snapshot_id) as snapshot_id
    from part p join small_area n using (parent_code)
    group by p.indicator_id, p.parent_code, p.edition
)

select
    indicator_id,
    parent_code,
    period,
    edition,
    case when known = n then people end,
    case when known < n then marker end,
    null,
    null,
    null,
    null,
    snapshot_id,
    'sum of ' || case when known = n then n::varchar else known || ' of ' || n end || ' LSOAs'
from summed

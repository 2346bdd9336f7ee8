-- When the edition that holds an indicator was published, the last day it speaks of, and whether its source
-- moves slowly. Two sources may call their editions by one name (the tables of a census do), so each
-- indicator takes the days of its own source, and the name's only where its source states none: the earliest
-- day of a shared name would be hindsight. Grain: indicator, edition.
create temp table edition_date as
with held as (
    select distinct o.indicator_id, o.edition, s.source_id
    from observation o
    left join snapshot s using (snapshot_id)
),

own as (
    select
        h.indicator_id,
        h.edition,
        min(e.published) as published,
        max(e.reference_end) as reference_end,
        bool_or(e.slow_moving) as slow_moving,
        bool_or(e.is_illustrative) as is_illustrative
    from held h join edition e on e.source_id = h.source_id and e.edition = h.edition
    group by h.indicator_id, h.edition
),

named as (
    select
        edition,
        min(published) as published,
        max(reference_end) as reference_end,
        bool_or(slow_moving) as slow_moving,
        bool_or(is_illustrative) as is_illustrative
    from edition
    group by edition
)

select indicator_id, edition, published, reference_end, slow_moving, is_illustrative from own
union all
select distinct h.indicator_id, n.edition, n.published, n.reference_end, n.slow_moving, n.is_illustrative
from held h join named n using (edition)
where not exists (
    select 1 from own w
    where w.indicator_id = h.indicator_id and w.edition = h.edition
)

-- Exponential score of every WIMD rank, within its own edition and vintage. Ranks are used as printed: the
-- published scores of 2019 are reproduced only so, ties included. A list is at least as long as its highest
-- rank, so that a row that was refused shifts no other score. Grain: indicator, area, edition.
create temp table domain_score as
select
    o.indicator_id,
    o.area_code,
    o.edition,
    o.value as published_rank,
    greatest(count(*) over w, max(o.value) over w) as areas,
    wimd_score(o.value, greatest(count(*) over w, max(o.value) over w)) as score
from observation o
join indicator i using (indicator_id)
where i.kind = 'rank' and o.value is not null
window w as (partition by o.indicator_id, o.edition)

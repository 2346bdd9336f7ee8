-- Figures that differ where a source has another file than before; figures that are sums of ours are left
-- out. Grain: source, indicator, area, period.
insert into figure_change
with renewed as (
    select source_id
    from snapshot
    where source_id in (
        select source_id from served.snapshot) and sha256 not in (
        select sha256 from served.snapshot
        where sha256 is not null
    )
),

before as (
    select
        s.source_id,
        o.indicator_id,
        o.area_code,
        o.period,
        o.edition,
        coalesce(o.marker, format('{:.12g}', o.value)) as figure
    from served.observation o
    join served.snapshot s using (snapshot_id)
    where s.source_id in (select source_id from renewed) and not starts_with(coalesce(o.cell, ''), 'sum of ')
),

after as (
    select
        s.source_id,
        o.indicator_id,
        o.area_code,
        o.period,
        o.edition,
        coalesce(o.marker, format('{:.12g}', o.value)) as figure
    from observation o
    join snapshot s using (snapshot_id)
    where s.source_id in (select source_id from renewed) and not starts_with(coalesce(o.cell, ''), 'sum of ')
)

select
    source_id,
    indicator_id,
    area_code,
    period,
    edition,
    case when b.figure is null then 'added' when a.figure is null then 'removed' else 'changed' end,
    b.figure,
    a.figure
from before b full join after a using (source_id, indicator_id, area_code, period, edition)
where b.figure is distinct from a.figure

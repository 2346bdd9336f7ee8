-- Adds indicators that are plain sums of published parts, only where every part has a value in the same
-- edition and area. Grain: the rows added: indicator, area, edition.
insert into observation
select
    d.indicator_id,
    o.area_code,
    min(o.period),
    o.edition,
    sum(o.value),
    null,
    null,
    null,
    null,
    null,
    min(o.snapshot_id),
    'sum of ' || string_agg(o.cell, ' + ' order by d.part_id)
from derived d
join observation o on o.indicator_id = d.part_id and o.value is not null
where
    not exists (
        select 1 from observation known
        where known.indicator_id = d.indicator_id
    )
group by d.indicator_id, o.area_code, o.edition
having count(
    *) = (
    select count(*) from derived every_part
    where every_part.indicator_id = d.indicator_id
)

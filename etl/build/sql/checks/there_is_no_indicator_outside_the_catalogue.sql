-- Figures for indicators that are not in the catalogue.
select distinct o.indicator_id as offender
from observation o
where not exists (
    select 1 from indicator i
    where i.indicator_id = o.indicator_id
)

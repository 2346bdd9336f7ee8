-- Figures for areas that this build does not know.
select distinct o.area_code as offender
from observation o
where not exists (
    select 1 from area a
    where a.area_code = o.area_code
)

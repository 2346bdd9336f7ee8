-- Two figures for one indicator, area, period and edition.
select indicator_id || ' ' || area_code || ' ' || coalesce(period, '') || ' ' || edition as offender
from observation
group by indicator_id, area_code, period, edition
having count(*) > 1

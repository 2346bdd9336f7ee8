-- What an hour of housing support costs by authority and client group, in the newest period.
-- Grain: authority, client group.
select area_code as la_code, part, period, value as cost_gbp, is_illustrative
from programme_return
where measure_id = 'hs_hourly_cost' and part <> '' and value is not null
qualify period = max(period) over ()
order by part, la_code

-- Each measure as a share of the one it is compared with, for every place. Grain: measure, place, period,
-- part.
select
    measure_id, share_of, place as area_code, period, part, share, told as authorities_told, is_illustrative
from programme_share
order by measure_id, area_code, period, part

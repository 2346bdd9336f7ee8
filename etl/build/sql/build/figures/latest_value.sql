-- The value of each indicator in its newest edition that has one. Grain: indicator, area.
create temp table latest_value as
select indicator_id, area_code, value
from observation
where value is not null
qualify row_number() over (partition by indicator_id, area_code order by edition desc) = 1

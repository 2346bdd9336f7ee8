-- The one figure that counts where a publisher and a loaded return both give one: the publisher's. Both
-- stand in the table of returns. Grain: measure, area, period, part.
create temp table return_standing as
select
    programme_id, measure_id, area_code, period, part, value, marker,
    coalesce(is_illustrative, false) as is_illustrative, is_published
from programme_return
qualify row_number() over (
    partition by measure_id, area_code, period, part
    order by is_published desc, source asc, cell asc
) = 1

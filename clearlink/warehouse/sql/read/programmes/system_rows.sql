-- Rows of returns by programme: illustrative, published, and loaded by people. Grain: programme.
select
    programme_id,
    count(*)::integer as figures,
    count(*) filter (where is_illustrative)::integer as illustrative,
    count(*) filter (where is_published and not is_illustrative)::integer as published
from programme_return
group by programme_id
order by programme_id

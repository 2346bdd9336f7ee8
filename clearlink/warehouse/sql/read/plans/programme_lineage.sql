-- Which programme followed which, from what day, and why. Grain: predecessor.
select
    predecessor_id, successor_id, from_date, counts_as_successor = 'yes' as counts_as_successor,
    why_en, why_cy
from programme_lineage
order by from_date, predecessor_id

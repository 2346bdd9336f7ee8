-- Published grants tested against need by region, edition of the index and definition. Grain: grant, region,
-- edition, definition, measure.
select
    f.*, (
        select min(e.published) from edition e
        where e.edition = f.edition
    ) as published
from grant_fairness f
order by grant_name, year, region, edition, definition, measure

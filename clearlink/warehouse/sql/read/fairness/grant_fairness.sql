-- Published grants tested against need by region, edition of the index and definition, with the programme
-- that each is of (null where its name is of none). Grain: grant, region, edition, definition, measure.
select
    f.*, (
        select min(e.published) from edition e
        where e.edition = f.edition
    ) as published,
    (
        select min(a.programme_id) from allocation a
        where a.grant_name = f.grant_name
    ) as programme_id
from grant_fairness f
order by grant_name, year, region, edition, definition, measure

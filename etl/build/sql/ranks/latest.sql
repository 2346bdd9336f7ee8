-- The latest edition of each theme and definition at each level that is ranked: the ones a map shows, and so
-- the ones that get rank limits. A middle layer area and an authority are ranked on its lead indicator; a
-- rate that came without limits, and is no count, has no limits of rank either.
select
    theme_id,
    definition,
    area_type,
    edition
from need
where
    score is not null
    and (
        area_type = 'LSOA21' and definition in ('lead', 'composite')
        or area_type in ('MSOA21', 'LA') and definition = 'lead'
    )
group by theme_id, definition, area_type, edition
having definition <> 'lead' or count(*) = count(lower)
qualify
    row_number()
        over (
            partition by theme_id, definition, area_type
            order by any_value(published) desc nulls last, edition desc
        )
    = 1
order by theme_id, definition, area_type

-- How many rows of need may be read now. Grain: theme, definition, level, edition.
select
    n.theme_id,
    n.definition,
    n.area_type,
    n.edition,
    count(*)::integer as rows_read
from need n
group by all
order by all

-- How many rows of need, and of the published groups of WIMD, may be read now. Grain: theme, definition, level, edition.
select
    n.theme_id,
    n.definition,
    n.area_type,
    n.edition,
    count(*)::integer as rows_read
from need n
group by all
union all
select
    null as theme_id,
    o.indicator_id as definition,
    null as area_type,
    o.edition,
    count(*)::integer as rows_read
from observation o
where o.indicator_id = 'wimd_group_overall'
group by all
order by all

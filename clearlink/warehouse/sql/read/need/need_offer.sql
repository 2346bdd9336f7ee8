-- Which need this build can show for a theme: definition, level and edition. Grain: theme, definition, level,
-- edition.
select
    n.theme_id,
    n.definition,
    n.area_type,
    n.edition,
    any_value(n.published) as published,
    any_value(n.indicator_id) as indicator_id,
    min(n.fit) as fit,
    count(n.score)::integer as areas,
    bool_or(n.is_illustrative) as is_illustrative,
    bool_or(n.people_in_need is not null) as has_people
from need n
group by all
order by n.theme_id asc, n.area_type desc, n.definition asc, published desc

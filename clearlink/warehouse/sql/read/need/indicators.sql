-- The catalogue of indicators with how each serves its themes. Grain: indicator and theme.
select i.*, t.theme_id as serves_theme, t.role, t.fit, t.weight
from indicator i
left join theme_indicator t using (indicator_id)
order by i.indicator_id

-- Themes with areas whose need is known. Grain: theme.
select distinct theme_id from fairness_area
order by theme_id

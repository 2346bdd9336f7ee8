-- Whether money follows need in a region or Wales, on a theme (null = all). Grain: theme, definition, way of
-- placing, measure.
select theme_id, definition, placed_by, measure, value, low, high, without_low, without_high from fairness
where region = $region and ($theme is null or theme_id = $theme)
order by all

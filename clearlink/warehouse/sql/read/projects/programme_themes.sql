-- Which themes each programme is meant to serve (core) or touches (partial). Grain: programme and theme.
select programme_id, theme_id, fit from programme_theme
order by programme_id, theme_id

-- Themes of need. Grain: theme.
select * from theme
order by sort

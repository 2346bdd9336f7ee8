-- The population at risk of each theme, first choice first.
create table theme_population (theme_id varchar, sort integer, indicator_id varchar)

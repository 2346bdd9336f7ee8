-- Published figures that say of an authority that a programme is there, the best first (sort). Grain: theme,
-- indicator.
create table provision_figure (theme_id varchar, programme_id varchar, sort integer, indicator_id varchar)

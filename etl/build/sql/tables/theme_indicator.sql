-- One row per theme and indicator: lead, support, composite or context, and how well it fits (good, weak);
-- population_id names the people of the theme where the indicator is of more people than the theme is for:
-- its rate is then applied to those.
create table theme_indicator (
    theme_id varchar,
    indicator_id varchar,
    role varchar,
    fit varchar,
    weight double,
    sort integer,
    population_id varchar,
    note varchar
)

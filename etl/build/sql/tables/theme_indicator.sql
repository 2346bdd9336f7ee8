-- One row per theme and indicator: lead, support, composite or context, and how well it fits (good, weak).
create table theme_indicator (
    theme_id varchar,
    indicator_id varchar,
    role varchar,
    fit varchar,
    weight double,
    sort integer,
    note varchar
)

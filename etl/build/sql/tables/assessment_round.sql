-- One row per kind and round of a statutory assessment or plan: how many bodies ought to have made one.
create table assessment_round (
    kind varchar,
    cycle integer,
    expected integer,
    body_en varchar,
    body_cy varchar,
    name_en varchar,
    name_cy varchar
)

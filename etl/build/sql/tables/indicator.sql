-- One row per indicator in the catalogue, whether or not this build holds figures for it.
create table indicator (
    indicator_id varchar primary key,
    theme_id varchar,
    name_en varchar,
    name_cy varchar,
    unit_en varchar,
    unit_cy varchar,
    direction varchar,
    native_area_type varchar,
    kind varchar,
    denominator_id varchar,
    caveat_en varchar,
    caveat_cy varchar,
    source_id varchar
)

-- One row per thing people told us about a theme in an area.
create table statement (
    statement_id varchar primary key,
    area_code varchar,
    theme_id varchar,
    said_on date,
    who_en varchar,
    who_cy varchar,
    text_en varchar, text_cy varchar, supports boolean, is_illustrative boolean
)

-- One row per authority, region and Wales: its name, and its name after "in" in both languages.
create table place (
    area_code varchar primary key, name_en varchar, name_cy varchar, in_en varchar, in_cy varchar
)

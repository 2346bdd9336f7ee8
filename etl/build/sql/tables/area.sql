-- One row per area of one vintage. West, south, east and north are the box of its outline in degrees.
create table area (
    area_code varchar primary key, area_type varchar not null, name_en varchar not null, name_cy varchar,
    la_code varchar, vintage varchar, population integer, is_illustrative boolean not null,
    lon double, lat double, west double, south double, east double, north double
)

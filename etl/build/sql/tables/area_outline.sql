-- How large each small area's outline is (km², of the map layer). Grain: area.
create table area_outline (area_code varchar, km2 double)

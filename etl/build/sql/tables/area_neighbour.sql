-- Small areas that share a point of their outlines, both ways round. An area with no row here is an island.
create table area_neighbour (area_code varchar, neighbour_code varchar)

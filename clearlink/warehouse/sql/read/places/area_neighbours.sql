-- Small areas that touch, each pair once. Grain: pair of areas.
select area_code, neighbour_code from area_neighbour
where area_code < neighbour_code
order by all

-- Wales, regions and authorities with their names and boxes. Grain: place.
select
    p.*,
    a.area_type,
    a.population,
    min(x.west) as west,
    min(x.south) as south,
    max(x.east) as east,
    max(x.north) as north
from place p join area a using (area_code)
left join area_member m on m.area_code = p.area_code left join area x on x.area_code = m.la_code
group by all
order by p.area_code

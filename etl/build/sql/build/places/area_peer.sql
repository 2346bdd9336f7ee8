-- Which small areas are alike: the published rural or urban class of 2021 where it is held; otherwise
-- quarters of the small areas by people for each square kilometre of their outline, 1 the most sparsely
-- peopled. rule says which. Grain: area.
create table area_peer as
with class as (
    select child_code as area_code, parent_code as peer
    from area_link
    join lsoa on lsoa.area_code = child_code
    where parent_type = 'RUC21'
)

select area_code, peer, 'ruc21' as rule from class
union all
select o.area_code, 'DENSITY_' || ntile(4) over (order by a.population / o.km2, o.area_code), 'density'
from area_outline o join area a using (area_code) join lsoa using (area_code)
where o.km2 > 0 and a.population is not null and not exists (select 1 from class)

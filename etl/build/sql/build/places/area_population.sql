-- People of an area that came without them: the usual residents of the newest edition that counts them. Money
-- is placed by these where neither users nor people at risk are known. Grain: the areas changed.
update area set population = o.people
from (
    select area_code, round(max_by(value, edition))::integer as people from observation
    where indicator_id = 'population_total' and value is not null
    group by area_code
) o
where area.area_code = o.area_code and area.population is null

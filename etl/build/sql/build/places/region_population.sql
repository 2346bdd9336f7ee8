-- People of Wales, its regions and health boards that came without them: the sum of their authorities, where
-- every one has its people. Grain: the regions changed.
-- after: partnership_population
update area set population = p.people
from (
    select l.parent_code as area_code, sum(a.population)::integer as people
    from (
        select distinct child_code, parent_code from area_link
        where parent_type in ('RCC', 'RPB', 'LHB')
        union
        select area_code, 'W92000004' from area
        where area_type = 'LA'
    ) l join area a on a.area_code = l.child_code and a.area_type = 'LA'
    group by l.parent_code
    having count(*) = count(a.population)
) p
where area.area_code = p.area_code and area.population is null

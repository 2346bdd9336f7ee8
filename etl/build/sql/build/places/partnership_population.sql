-- People of partnerships and boards on the day of the build, or on the last day they stood, where every part
-- has a population. Grain: the partnerships changed.
-- after: area_population
update area set population = p.people
from (
    select parent_code, round(sum(weight * population))::integer as people
    from (
        select
            m.parent_code,
            m.area_code,
            max(m.weight) as weight,
            any_value(coalesce(a.population, o.people)) as population
        from
            (
                select
                    *, max(coalesce(valid_to, date '9999-12-31')) over (partition by parent_code) as last_day
                from partnership_member
            ) m
        join area a using (area_code) cross join build b
        left join
            (
                select area_code, max_by(value, edition) as people from observation
                where indicator_id = 'population_total' and value is not null
                group by area_code
            ) o
            using (area_code)
        where
            least(b.as_of, m.last_day) between coalesce(m.valid_from, date '0001-01-01') and coalesce(
                m.valid_to, date '9999-12-31'
            )
        group by m.parent_code, m.area_code
    ) weighed
    group by parent_code
    having count(*) = count(population)
) p
where area.area_code = p.parent_code

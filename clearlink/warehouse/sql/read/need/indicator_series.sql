-- An indicator by period, for the areas of a place at one level and for Wales; where a period was published
-- twice, the later edition stands.
-- Grain: area and period.
select
    o.area_code,
    a.area_type,
    a.name_en,
    a.name_cy,
    o.period,
    arg_max(o.value, o.edition) as value,
    arg_max(o.lower, o.edition) as lower,
    arg_max(o.upper, o.edition) as upper
from observation o
join area a using (area_code)
where
    o.indicator_id = $indicator
    and o.period is not null
    and o.value is not null
    and (
        a.area_type = 'WALES'
        or a.area_type = 'LA' and a.area_code in (
            select la_code from area_member
            where area_code = $place
        )
    )
group by o.area_code, a.area_type, a.name_en, a.name_cy, o.period
order by o.area_code, o.period

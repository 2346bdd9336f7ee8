-- People at risk of each theme in each small area: the first population in the theme's list that this build
-- holds. Grain: theme, small area.
create temp table population_at_risk as
select theme_id, area_code, people, indicator_id
from (
    select
        p.theme_id, o.area_code, o.value as people, p.indicator_id,
        row_number() over (partition by p.theme_id, o.area_code order by p.sort asc, o.edition desc) as nth
    from theme_population p
    join observation o on o.indicator_id = p.indicator_id and o.value is not null
    join lsoa using (area_code)
) listed
where nth = 1

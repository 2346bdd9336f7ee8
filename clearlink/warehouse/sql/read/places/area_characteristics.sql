-- What areas of one level are like: shares (0 to 1) of people or households by the Census, and of people in
-- rural small areas. Counts of small areas are added up; a share stands only where every small area has both
-- counts. Grain: area and characteristic.
with wanted (characteristic, part, whole) as (
    values
    ('children', 'population_0_15', 'population_total'),
    ('older', 'people_65_plus', 'population_total'),
    ('deprived', 'deprived_2_plus_census', 'households_total'),
    ('social_rented', 'households_social_rented', 'tenure_total'),
    ('private_rented', 'households_private_rented', 'tenure_total'),
    ('overcrowded', 'overcrowded_census', 'occupancy_total'),
    ('bad_health', 'bad_or_very_bad_health', 'health_total'),
    ('white', 'people_white', 'ethnic_group_total')
),

held as (
    select o.area_code, o.indicator_id, arg_max(o.value, o.edition) as value
    from observation o
    join area a on a.area_code = o.area_code and a.area_type = 'LSOA21'
    where o.indicator_id in (select part from wanted) or o.indicator_id in (select whole from wanted)
    group by o.area_code, o.indicator_id
),

member as (
    select area_code as small, area_code as area_code from area
    where area_type = 'LSOA21' and $area_type = 'LSOA21'
    union all
    select l.child_code as small, l.parent_code as area_code from area_link l
    join area s on s.area_code = l.child_code and s.area_type = 'LSOA21'
    where l.parent_type = $area_type and $area_type <> 'LSOA21'
),

census as (
    select
        m.area_code,
        w.characteristic,
        count(*) as members,
        count(p.value) as parts,
        count(b.value) as wholes,
        sum(p.value) / nullif(sum(b.value), 0) as share
    from member m
    cross join wanted w
    left join held p on p.area_code = m.small and p.indicator_id = w.part
    left join held b on b.area_code = m.small and b.indicator_id = w.whole
    group by m.area_code, w.characteristic
),

rural as (
    select
        m.area_code,
        sum(case when r.parent_code = 'RURAL' then h.value else 0 end) / nullif(sum(h.value), 0) as share
    from member m
    join held h on h.area_code = m.small and h.indicator_id = 'population_total'
    join area_link r on r.child_code = m.small and r.parent_type = 'RUC21'
    group by m.area_code
)

select area_code, characteristic, share
from census
where members = parts and members = wholes and share is not null
union all
select area_code, 'rural' as characteristic, share
from rural
where share is not null
order by area_code, characteristic

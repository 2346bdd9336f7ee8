-- The small areas of today that a council's list names, by the list as its paper prints it. part is 1, or the
-- share of today's area that one area of 2011 is of those that became it. A code without a successor has no
-- row.
-- Grain: list, code, small area.
create temp table listed_area as
with coded as (
    select distinct
        area_codes_as_published,
        unnest(string_split(area_codes_as_published, ';')) as published_code
    from area_choice
),

olds as (
    select lsoa21_code, count(distinct lsoa11_code) as olds from bridge
    group by lsoa21_code
)

select c.area_codes_as_published, c.published_code, l.area_code, 1.0 as part
from coded c join lsoa l on l.area_code = c.published_code
where c.published_code not in (select lsoa11_code from bridge)
union all
select c.area_codes_as_published, c.published_code, b.lsoa21_code, 1.0 / o.olds
from coded c
join bridge b on b.lsoa11_code = c.published_code
join olds o on o.lsoa21_code = b.lsoa21_code

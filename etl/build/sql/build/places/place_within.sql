-- Which places an area lies wholly within, itself among them: small areas in their authority, authorities in
-- their regions, boards and Wales, a region in a wider one that holds all its authorities. share is below 1
-- only for a small area that a ward or a partnership holds in part. Whatever stands in a place is added up
-- through this, so that no place holds more than the one around it. Grain: area, place.
create table place_within as
with authorities_of as (
    select area_code, la_code from lsoa
    union
    select area_code, la_code from area_member
    union
    select l.parent_code, x.la_code from area_link l join lsoa x on x.area_code = l.child_code
    where l.parent_type = 'MSOA21'
    union
    select l.parent_code, l.child_code from area_link l join area a
        on
            a.area_code = l.child_code
            and a.area_type = 'LA'
    where l.parent_type in ('LHB', 'CSP')
    union
    select m.parent_code, x.la_code from partnership_member m join lsoa x using (area_code)
    union
    select b.lsoa11_code, x.la_code from bridge b join lsoa x on x.area_code = b.lsoa21_code
),

-- places that are whole authorities
whole as (
    select area_code as place, la_code from area_member
    union
    select x.area_code, x.la_code from authorities_of x join area a using (area_code)
    where a.area_type in ('LHB', 'CSP')
),

size as (
    select area_code, count(*) as authorities from authorities_of
    group by area_code
),

contained as (
    select x.area_code, w.place
    from authorities_of x
    join whole w using (la_code)
    join size s using (area_code)
    group by x.area_code, w.place, s.authorities
    having count(*) = s.authorities
),

parts as (
    select area_code, parent_code as place, max(weight) as share from partnership_member
    where parent_code not in (select place from whole)
    group by all
    union all
    select l.child_code, l.parent_code, max(l.weight) from area_link l join lsoa x
        on x.area_code = l.child_code
    where l.parent_type = 'MSOA21'
    group by all
)

select area_code, place, 1.0 as share from contained
union
select area_code, area_code, 1.0 from area
union
select area_code, 'W92000004', 1.0 from area
union
select area_code, place, least(1.0, share) from parts

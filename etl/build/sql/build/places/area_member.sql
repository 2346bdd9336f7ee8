-- Every authority of every larger area a person may choose (region, Wales, the authority itself), so that one
-- filter serves all. Grain: larger area, authority.
create table area_member as
select a.area_code, a.area_code as la_code from area a
where a.area_type = 'LA'
union
select l.parent_code, l.child_code from area_link l
where l.parent_type in ('RCC', 'RPB')
union
-- boards and partnerships that are whole authorities as they stand today
select l.parent_code, l.child_code from area_link l cross join build b
where
    l.parent_type in ('PSB', 'PARTNERSHIP')
    and b.as_of between coalesce(l.valid_from, date '0001-01-01') and coalesce(l.valid_to, date '9999-12-31')
    and not exists (
        select 1 from area_link x join area a on a.area_code = x.child_code
        where x.parent_code = l.parent_code and (a.area_type <> 'LA' or x.weight < 1)
    )
union
select 'W92000004', a.area_code from area a
where a.area_type = 'LA'

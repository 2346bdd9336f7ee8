-- Every authority of every larger area a person may choose (region, Wales, the authority itself), so that one filter serves all.
create table area_member as
select a.area_code, a.area_code as la_code from area a where a.area_type = 'LA'
union
select l.parent_code, l.child_code from area_link l where l.parent_type in ('RCC', 'RPB', 'PSB')
union
select 'W92000004', a.area_code from area a where a.area_type = 'LA'

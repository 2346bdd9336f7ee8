-- Small areas of 2021 that lie in no authority.
select
    a.area_code as offender
from area a
where
    a.area_type = 'LSOA21'
    and not exists (
        select 1 from area_link l
        where l.child_code = a.area_code and l.parent_type = 'LA'
    )

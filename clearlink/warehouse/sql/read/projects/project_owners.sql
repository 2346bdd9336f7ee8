-- Places whose people may settle a record: the authority or region it is of and the regions its authority
-- lies in; a record of no authority (a trust's grant) is settled where its recipient has its office. Wales as
-- a whole is nobody's. Grain: record and place.
with record as (
    select project_id, la_code as place, 1 as nearness from project
    union
    select project_id, region_code, 2 from project
    union
    select project_id, recipient_area, 3 from project
    where la_code is null and region_code is null
)

select project_id, place, min(nearness) as nearness
from (
    select project_id, place, nearness from record
    union all
    select r.project_id, m.area_code, r.nearness + 3 from record as r
    join area_member as m on m.la_code = r.place
) placed
where place is not null and place <> 'W92000004'
group by project_id, place
order by project_id, nearness, place

-- The county voluntary councils of the authorities of a place. Grain: authority.
select v.la_code, v.name_en, v.name_cy, v.seen
from voluntary_council v
join area_member m using (la_code)
where m.area_code = $place
order by v.la_code

-- The small areas of one partnership, board, health board, ward or cluster with the largest share (0 to 1) of
-- each that ever lay in it, and their authorities. Grain: small area.
select m.area_code, l.parent_code as la_code, max(m.weight) as share
from partnership_member m
join area_link l on l.child_code = m.area_code and l.parent_type = 'LA'
where m.parent_code = $area
group by m.area_code, l.parent_code
order by m.area_code

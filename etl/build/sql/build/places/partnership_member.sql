-- The small areas of partnerships, public services boards, health boards, wards and clusters with their
-- shares and days; an authority stands for all its small areas. Grain: partnership, small area, membership.
create table partnership_member as
select distinct l.parent_code, l.parent_type, a.area_code, l.weight, l.valid_from, l.valid_to
from area_link l join lsoa a on a.area_code = l.child_code or a.la_code = l.child_code
where l.parent_type in ('PARTNERSHIP', 'PSB', 'CLUSTER', 'WD24', 'LHB')

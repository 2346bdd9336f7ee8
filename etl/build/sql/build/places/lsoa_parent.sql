-- The larger areas at which need of small areas is added up: the middle-layer area and the authority of each.
-- Grain: small area, kind of parent.
create temp table lsoa_parent as
select l.area_code, p.parent_code, p.parent_type, l.la_code
from lsoa l join area_link p on p.child_code = l.area_code and p.parent_type in ('LA', 'MSOA21')

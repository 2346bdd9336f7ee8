-- Every postcode of a district with its small area: a whole postcode is never asked for. Grain: postcode.
select postcode, area_code
from postcode
where district = $district
order by postcode

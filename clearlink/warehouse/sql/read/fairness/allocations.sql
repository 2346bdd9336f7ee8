-- Published sums of grants by authority and year, with the programme that each is of (null where its name is
-- of none). Grain: authority, grant, year.
select la_code, grant_name, programme_id, year, amount_gbp, basis, source_url
from allocation
order by grant_name, year, la_code

-- Published sums of grants by authority and year. Grain: authority, grant, year.
select la_code, grant_name, year, amount_gbp, basis, source_url
from allocation
order by grant_name, year, la_code

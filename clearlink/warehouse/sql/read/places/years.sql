-- Financial years in which this build knows of money that a year can be chosen from, the newest first.
-- Grain: year.
select distinct financial_year
from place_money
order by financial_year desc

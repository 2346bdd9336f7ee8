-- Published sums of grants, with the programme that each is of (null where its name is of none).
-- Grain: authority, grant and year.
select la_code, grant_name as "grant", programme_id, year, amount_gbp, basis, source_url from allocation
order by la_code, grant_name, year

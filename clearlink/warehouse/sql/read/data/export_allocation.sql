-- Published sums of grants. Grain: authority, grant and year.
select la_code, grant_name as "grant", year, amount_gbp, basis, source_url from allocation
order by 1, 2, 3

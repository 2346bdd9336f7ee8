-- Money of the year on a theme by how it stands (placed, area-wide, protected, unplaced), in a region or
-- Wales. Grain: bucket.
select
    bucket,
    sum(pence) / 100.0 as gbp,
    count(distinct project_id)::integer as projects,
    max(financial_year) as financial_year
from ledger
where
    theme_id = $theme
    and financial_year = (select financial_year from build)
    and ($region = 'W92000004' or region_code = $region)
group by bucket
order by gbp desc

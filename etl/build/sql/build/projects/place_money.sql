-- Pounds of each financial year of the ledger that lie in a place, by project and theme: the parts recorded
-- for it, and no more. What covers a wider area than the place is not in it, so the parts of a place never
-- come to more than the place. Grain: project, theme, financial year, bucket, place.
create table place_money as
select l.project_id, l.theme_id, l.financial_year, l.bucket, w.place, sum(l.pence * w.share) / 100.0 as gbp
from ledger l
join place_within w on w.area_code = coalesce(l.area_code, l.la_code, l.region_code)
group by all

-- Money of the year: pounds of the financial year of the build, or of the one chosen, by project and theme,
-- in each place. Every sum of pounds a year that is shown reads this. Grain: project, theme, bucket, place.
create view year_money as
select m.project_id, m.theme_id, m.bucket, m.place, m.gbp
from place_money m
where m.financial_year = money_year()

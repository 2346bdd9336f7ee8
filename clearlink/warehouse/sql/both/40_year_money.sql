-- Money of the year: pounds of the financial year of the build, or of the one chosen, by project, theme and
-- programme, in each place. Every sum of pounds a year that is shown reads this. Grain: project, theme,
-- bucket, place, programme.
create view year_money as
select m.project_id, m.theme_id, m.bucket, m.place, m.programme_id, m.gbp
from programme_money m
where m.financial_year = money_year()

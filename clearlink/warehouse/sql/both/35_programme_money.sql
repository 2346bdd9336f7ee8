-- Money that lies in a place by project, theme and the programme that pays: by the funding lines of the
-- project where it has any in the year, else all of it under its own programme. The one place that says
-- which programme a pound is of; its sums over programmes are those of place_money. Grain: project, theme,
-- financial year, bucket, place, programme.
create view programme_money as
select
    m.project_id,
    m.theme_id,
    m.financial_year,
    m.bucket,
    m.place,
    coalesce(s.programme_id, p.programme_id) as programme_id,
    m.gbp * coalesce(s.share, 1) as gbp
from place_money m
left join funding_share s on s.project_id = m.project_id and s.financial_year = m.financial_year
left join project p on p.project_id = m.project_id

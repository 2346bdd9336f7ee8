-- Families First money for disabled children and families of each authority of a place, in the newest
-- period: the share set aside, the share required and the sum missing. Grain: authority.
select
    s.la_code, s.period, s.money_gbp, s.set_aside_gbp, s.share, s.required_share, s.missing_gbp,
    s.is_illustrative
from programme_set_aside s
join area_member a on a.la_code = s.la_code and a.area_code = $place
qualify s.period = max(s.period) over ()
order by s.la_code

-- Each indicator of a theme's composite on today's small areas, higher = more need: the place from the bottom
-- of its own list. Areas that merged take the mean of their parts weighted by people, as the composite itself
-- does.
select
    c.area_code, t.indicator_id, t.weight,
    sum((s.areas - s.published_rank + 1) * coalesce(b.share * p.people, 1))
    / sum(coalesce(b.share * p.people, 1)) as value,
    any_value(p.people) as people
from composite_need c
join theme_indicator t on t.theme_id = c.theme_id and t.role = 'composite'
left join bridge b on b.lsoa21_code = c.area_code
join domain_score s
    on
        s.indicator_id = t.indicator_id and s.edition = c.edition
        and s.area_code
        = case when c.edition in (
            select x.edition from domain_score x join area a using (area_code)
            where a.area_type = 'LSOA11'
        ) then coalesce(b.lsoa11_code, c.area_code) else c.area_code end
left join population_at_risk p on p.area_code = c.area_code and p.theme_id = c.theme_id
where c.theme_id = $theme and c.edition = $edition
group by c.area_code, t.indicator_id, t.weight
order by c.area_code, t.indicator_id

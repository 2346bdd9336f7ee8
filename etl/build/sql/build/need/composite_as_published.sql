-- Weighted score of a theme's WIMD domains where at least two thirds of the weight is there (method E4), and
-- scores that a publisher made for the theme itself (the WIMD 2011 child index). To nine places: areas whose
-- domains agree must tie, whatever order they were added in. Grain: theme, area as published, edition.
create temp table composite_as_published as
select
    t.theme_id,
    s.area_code,
    s.edition,
    round(sum(t.weight * s.score) / sum(t.weight), 9) as score,
    min(t.fit) as fit,
    min(t.indicator_id) as dated_by
from theme_indicator t
join domain_score s using (indicator_id)
where t.role = 'composite'
group by t.theme_id, s.area_code, s.edition
having
    sum(
        t.weight) >= (
        select sum(w.weight) * setting_value('weight_available_min') - 1e-9 from theme_indicator w
        where w.theme_id = t.theme_id and w.role = 'composite'
    )
union all
select t.theme_id, o.area_code, o.edition, o.value, t.fit, t.indicator_id
from theme_indicator t
join observation o on o.indicator_id = t.indicator_id and o.value is not null
where t.role = 'score'

-- What a newer file of a source changed since the build before: figures added, gone and revised, with the
-- first of the areas. Grain: source, indicator and kind.
select
    c.source_id,
    s.title_en as source_title_en,
    s.title_cy as source_title_cy,
    c.indicator_id,
    i.name_en,
    i.name_cy,
    c.kind,
    count(*)::integer as figures,
    count(distinct c.area_code)::integer as areas,
    min_by(c.area_code, (c.area_code, c.period)) as first_area,
    min_by(coalesce(a.name_en, c.area_code), (c.area_code, c.period)) as first_name_en,
    min_by(coalesce(a.name_cy, a.name_en, c.area_code), (c.area_code, c.period)) as first_name_cy,
    min_by(c.period, (c.area_code, c.period)) as first_period,
    min_by(coalesce(c.before, ''), (c.area_code, c.period)) as before,
    min_by(coalesce(c.after, ''), (c.area_code, c.period)) as after
from figure_change c join indicator i using (indicator_id) left join area a on a.area_code = c.area_code
left join
    (
        select source_id, any_value(title_en) as title_en, any_value(title_cy) as title_cy from snapshot
        group by source_id
    ) s
    on s.source_id = c.source_id
group by all
order by c.source_id, c.indicator_id, c.kind

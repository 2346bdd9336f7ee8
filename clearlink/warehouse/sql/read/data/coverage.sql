-- Indicators held, by level and edition. Grain: indicator, level, edition.
select c.*, i.name_en, i.name_cy, i.theme_id, i.kind
from coverage c
join indicator i using (indicator_id)
order by i.theme_id nulls last, c.indicator_id, c.area_type, c.edition

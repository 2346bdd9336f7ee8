-- One row per indicator, level and edition held: how many areas have a value, and how many hold a marker.
-- Grain: indicator, level, edition.
create table coverage as
select
    o.indicator_id,
    case
        when a.area_type = 'LSOA11' or o.edition in (
            select distinct x.edition from observation x join area y using (area_code)
            where y.area_type = 'LSOA11'
        ) and a.area_type = 'LSOA21' then 'LSOA11' else a.area_type
    end as area_type,
    o.edition,
    min(o.period) as first_period,
    max(o.period) as last_period,
    count(distinct o.area_code) filter (where o.value is not null)::integer as areas_with_value,
    count(*) filter (where o.marker is not null)::integer as markers, min(o.snapshot_id) as snapshot_id
from observation o join area a using (area_code)
group by all

-- Rates and scores that speak for a theme and are nobody's number of people (standardised rates, deaths,
-- recorded crime), per area and edition; the first in the list that this build holds at a level speaks there.
-- Figures of the areas of 2011 are brought to those of today: unchanged and split areas keep the rate of the
-- old area, merged ones take the mean of their parts; where a part has none there is none. The last period of
-- an edition. rate_decimals: the most decimals that the publisher printed any of them with. Grain: theme,
-- area, edition.
create temp table rate_need as
with held as (
    select
        t.theme_id,
        t.indicator_id,
        t.fit,
        t.sort,
        o.area_code,
        a.area_type,
        o.edition,
        o.value,
        o.marker,
        max(decimals_printed(o.value)) over (partition by o.indicator_id, o.edition) as rate_decimals
    from theme_indicator t
    join observation o using (indicator_id)
    join area a using (area_code)
    where t.role = 'rate'
    qualify
        row_number()
            over (partition by t.theme_id, o.indicator_id, o.area_code, o.edition order by o.period desc)
        = 1
),

older as (
    select distinct indicator_id, edition from held
    where area_type = 'LSOA11'
),

today as (
    select h.* from held h
    anti join older using (indicator_id, edition)
    union all by name
    select
        h.theme_id,
        h.indicator_id,
        any_value(h.fit) as fit,
        any_value(h.rate_decimals) as rate_decimals,
        any_value(h.sort) as sort,
        b.lsoa21_code as area_code,
        'LSOA21' as area_type,
        h.edition,
        case when count(*) = count(h.value) then sum(h.value * b.share) / sum(b.share) end as value,
        case when count(*) > count(h.value) then any_value(h.marker) end as marker
    from held h
    join older using (indicator_id, edition)
    join bridge b on b.lsoa11_code = h.area_code
    group by h.theme_id, h.indicator_id, h.edition, b.lsoa21_code
)

select theme_id, area_code, area_type, edition, value, marker, rate_decimals, indicator_id, fit
from today
where area_type in ('LSOA21', 'LA', 'CSP')
qualify dense_rank() over (partition by theme_id, area_type order by sort) = 1

-- Published rates of authorities and of community safety partnerships, ranked among their own kind. A
-- partnership of two authorities is one area; its rate is not that of either. Grain: theme, area, edition.
-- after: need_authority
insert into need by name
select
    r.theme_id,
    r.area_code,
    r.area_type,
    'rate' as definition,
    r.edition,
    e.published,
    e.reference_end,
    e.slow_moving,
    r.indicator_id,
    r.marker,
    r.rate_decimals::integer as rate_decimals,
    r.value as score,
    case when r.value is not null then rank() over ranked end::integer as rank,
    (count(r.value) over (partition by r.theme_id, r.area_type, r.edition))::integer as rank_of,
    r.fit,
    coalesce(e.is_illustrative, false) as is_illustrative
from rate_need r left join edition_date e using (indicator_id, edition)
where r.area_type in ('LA', 'CSP')
window ranked as (partition by r.theme_id, r.area_type, r.edition order by r.value desc nulls last)

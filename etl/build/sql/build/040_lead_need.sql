-- Lead indicator in people per theme, small area and edition; a marker stays a marker. The first lead in the list that
-- this build holds at this level speaks for the theme.
create temp table lead_need as
select theme_id, area_code, area_type, edition, people, denominator, marker, indicator_id, fit
from (
    select
        t.theme_id,
        c.area_code,
        a.area_type,
        c.edition,
        c.numerator as people,
        c.denominator,
        c.marker,
        t.indicator_id,
        t.fit,
        dense_rank() over (partition by t.theme_id, a.area_type order by t.sort) as nth
    from theme_indicator t
    join counted c using (indicator_id)
    join area a using (area_code)
    where t.role = 'lead' and a.area_type in ('LSOA21', 'LA') and (c.denominator > 0 or c.marker is not null)
)
where nth = 1

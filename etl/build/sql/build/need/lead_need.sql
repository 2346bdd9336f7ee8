-- Lead indicator in people per theme, small area and edition; a marker stays a marker. The first lead in the
-- list that this build holds at this level speaks for the theme. Where it is of more people than the theme is
-- for (children under 16 for a theme of those under 5), its rate is applied to the people of the theme.
-- Limits of the rate are the publisher's; Wilson's only where people were counted; none where neither is.
-- Grain: theme, area, edition.
create temp table lead_need as
select
    theme_id,
    area_code,
    area_type,
    edition,
    people,
    denominator,
    coalesce(rate, people / nullif(denominator, 0)) as rate,
    case
        when range_basis = 'published' then rate_lower
        when range_basis = 'counted' and counted_of > 0
            then wilson_lower(least(counted_people, counted_of), counted_of)
    end as lower,
    case
        when range_basis = 'published' then rate_upper
        when range_basis = 'counted' and counted_of > 0
            then wilson_upper(least(counted_people, counted_of), counted_of)
    end as upper,
    range_basis,
    rate_decimals,
    marker,
    indicator_id,
    fit
from (
    select
        t.theme_id,
        c.area_code,
        a.area_type,
        c.edition,
        c.numerator * coalesce(p.value / c.denominator, 1) as people,
        coalesce(p.value, c.denominator) as denominator,
        c.numerator as counted_people,
        c.denominator as counted_of,
        c.rate,
        c.rate_lower,
        c.rate_upper,
        c.range_basis,
        c.rate_decimals,
        c.marker,
        t.indicator_id,
        t.fit,
        dense_rank() over (partition by t.theme_id, a.area_type order by t.sort) as nth
    from theme_indicator t
    join counted c using (indicator_id)
    join area a using (area_code)
    left join latest_value p on p.indicator_id = t.population_id and p.area_code = c.area_code
    where
        t.role = 'lead'
        and a.area_type in ('LSOA21', 'MSOA21', 'LA')
        and (c.denominator > 0 or c.marker is not null)
) ranked
where nth = 1

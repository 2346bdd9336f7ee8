-- Each authority and the region it lay in on the days given, one row per membership.
-- Grain: authority, region, membership.
create temp table la_region as
select
    child_code as la_code, parent_code as region_code, parent_type as region_type,
    coalesce(valid_from, date '1900-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
from area_link
where parent_type in ('RCC', 'RPB')

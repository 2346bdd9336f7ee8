-- What is held of provision on a theme in each authority of a place: a register of a programme, a list of
-- areas, the newest published figure.
-- Grain: authority.
select
    k.la_code, k.by_register, k.by_areas, k.figure_indicator, k.figure_value, k.figure_marker,
    k.figure_period
from provision_known k
where
    k.theme_id = $theme
    and k.la_code in (
        select la_code from area_member
        where area_code = $place
    )
order by k.la_code

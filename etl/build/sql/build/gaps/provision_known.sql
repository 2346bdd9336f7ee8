-- What is held of provision on each theme in each authority, so that what nobody loaded is never taken for
-- nothing: whether a register of a programme of the theme is loaded (by_register), whether papers list the
-- areas of one (by_areas), and the newest published figure of it (figure_value, or figure_marker where it is
-- withheld; zero is a value). A grant, a notice or a single paper is no register: it can show that something
-- is there and never that nothing is. Grain: theme, authority.
create table provision_known as
with core as (
    select theme_id, programme_id from programme_theme
    where fit = 'core'
),

register as (
    select distinct t.theme_id, m.la_code
    from project p
    join area_member m on m.area_code = coalesce(p.la_code, p.region_code)
    join (
        select c.theme_id, q.project_id from core c join project q using (programme_id)
        union
        select theme_id, project_id from project_theme
    ) t
        on t.project_id = p.project_id
    where p.from_register
),

listed as (
    select distinct c.theme_id, a.la_code from area_choice a join core c using (programme_id)
),

figure as (
    select
        f.theme_id, o.area_code as la_code, f.indicator_id, o.value, o.marker, o.period
    from provision_figure f
    join observation o using (indicator_id)
    join area a on a.area_code = o.area_code and a.area_type = 'LA'
    qualify row_number() over (
        partition by f.theme_id, o.area_code
        order by f.sort asc, o.period desc, o.edition desc
    ) = 1
)

select
    t.theme_id,
    a.area_code as la_code,
    r.la_code is not null as by_register,
    l.la_code is not null as by_areas,
    f.indicator_id as figure_indicator,
    f.value as figure_value,
    f.marker as figure_marker,
    f.period as figure_period
from theme t
cross join (
    select area_code from area
    where area_type = 'LA'
) a
left join register r on r.theme_id = t.theme_id and r.la_code = a.area_code
left join listed l on l.theme_id = t.theme_id and l.la_code = a.area_code
left join figure f on f.theme_id = t.theme_id and f.la_code = a.area_code

-- What returns tell of people reached on a theme: of each place the newest whole of each measure of that kind
-- of the programmes whose core the theme is. Grain: place, measure.
with asked as (
    select distinct m.measure_id, t.programme_id, m.name_en, m.name_cy, m.sort
    from programme_measure m
    join programme_theme t
        on
            list_contains(string_split(m.programmes, ';'), t.programme_id)
            and t.theme_id = $theme
            and t.fit = 'core'
    where m.cascade = 'reached' and coalesce(m.parts, '') = ''
)

select
    f.place, a.measure_id, a.programme_id, a.name_en, a.name_cy, f.value, f.marker, f.period,
    f.is_illustrative
from asked a
join programme_figure f using (measure_id)
where f.part = ''
qualify row_number() over (partition by f.place, a.measure_id order by f.period desc) = 1
order by f.place, a.sort

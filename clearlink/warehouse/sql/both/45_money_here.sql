-- Money of the year that lies in a place, of a theme and a programme (null = all). Grain: project.
create macro money_here(in_area, of_theme_id, of_programme_id) as table
    select m.project_id, sum(m.gbp) as gbp
    from year_money m
    where
        m.place = in_area
        and (of_theme_id is null or m.theme_id = of_theme_id)
        and (of_programme_id is null or m.programme_id = of_programme_id)
    group by m.project_id

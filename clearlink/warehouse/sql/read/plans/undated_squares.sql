-- Themes and programmes of which a place has a record without dates, which may run. Grain: theme, programme.
select distinct t.theme_id, x.programme_id
from project p
join project_then n using (project_id)
join project_theme t using (project_id)
join project_programme x using (project_id)
where n.time_state = 'not_dated' and x.programme_id is not null and in_place(p.project_id, $place)
order by t.theme_id, x.programme_id

-- The settled themes, in equal shares; the first leads. Grain: record and theme.
insert into project_theme
select
    t.project_id,
    t.theme_id,
    1.0 / count(*) over (partition by t.project_id),
    'settled',
    t.nth = min(t.nth) over (partition by t.project_id)
from told as t
join project using (project_id)
join theme using (theme_id)

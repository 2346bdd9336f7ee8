-- The themes of one project and how each was known. Grain: theme.
select t.theme_id, t.share, t.method, t.is_primary, h.name_en, h.name_cy
from project_theme t
join theme h using (theme_id)
where t.project_id = $project_id
order by t.is_primary desc, t.theme_id asc

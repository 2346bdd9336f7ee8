-- The register as it is served, with what its lists hold; users by area only where every count may be shown, and a sensitive project's areas
-- only where they are wider than an authority. Grain: project.
select p.*, m.name_en as programme_en, m.name_cy as programme_cy,
       (select string_agg(d.area_code, ';' order by d.area_code) from project_declared_area d left join area a using (area_code)
        where d.project_id = p.project_id and (not p.is_sensitive or a.area_type in ('RCC', 'RPB', 'LHB', 'WALES'))) as area_codes,
       (select string_agg(t.theme_id, ';' order by t.is_primary desc, t.theme_id) from project_theme t
        where t.project_id = p.project_id and t.method = 'stated') as theme_ids,
       (select string_agg(t.theme_id, ';' order by t.is_primary desc, t.theme_id) from project_theme t
        where t.project_id = p.project_id and t.method <> 'stated') as derived_theme_ids,
       case when not p.is_sensitive and u.least >= (select value from setting where name = 'disclosure_below') then u.people end as users_by_area,
       case when u.project_id is not null and (p.is_sensitive or u.least < (select value from setting where name = 'disclosure_below')) then 'low' end as users_marker
from project p
left join programme m using (programme_id)
left join (select project_id, min(users) as least,
                  string_agg(area_code || '=' || (5 * round(users / 5))::integer, ';' order by area_code) as people
           from project_declared_area where users is not null group by project_id) u using (project_id)
order by p.project_id

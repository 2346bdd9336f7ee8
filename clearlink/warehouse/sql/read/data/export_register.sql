-- The register as it is served, with what its lists hold; users by area as they are served, marked where some
-- are withheld, and a sensitive project's areas only where they are wider than an authority. The programme is
-- the one that the register printed: what it is counted under follows from the dated aliases again when it
-- comes back. Grain: project.
select
    p.* replace (coalesce(printed.programme_id, p.programme_id) as programme_id),
    m.name_en as programme_en,
    m.name_cy as programme_cy,
    (
        select string_agg(d.area_code, ';' order by d.area_code)
        from project_declared_area d
        left join area a using (area_code)
        where
            d.project_id = p.project_id
            and (not p.is_sensitive or a.area_type in ('RCC', 'RPB', 'LHB', 'WALES'))
    ) as area_codes,
    (
        select string_agg(t.theme_id, ';' order by t.is_primary desc, t.theme_id asc) from project_theme t
        where t.project_id = p.project_id and t.method in ('stated', 'settled')
    ) as theme_ids,
    (
        select string_agg(t.theme_id, ';' order by t.is_primary desc, t.theme_id asc) from project_theme t
        where t.project_id = p.project_id and t.method not in ('stated', 'settled')
    ) as derived_theme_ids,
    u.people as users_by_area, u.users_marker
from project p
left join programme printed on p.programme_named = printed.programme_id
left join programme m on coalesce(printed.programme_id, p.programme_id) = m.programme_id
left join (select
    project_id, min(users_marker) as users_marker,
    string_agg(area_code || '=' || users::integer, ';' order by area_code) filter (where users is not null)
        as people
from project_declared_area
group by project_id) u using (project_id)
order by p.project_id

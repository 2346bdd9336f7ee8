-- Need and money of every area of Wales on a theme: people in need, people at risk, people at risk in areas
-- of concentration (extent), and the pounds of the year under each way of placing; with the class of areas it
-- is like. Grain: area.
select f.* exclude (theme_id), a.area_type, a.name_en, a.name_cy, a.lon, a.lat, p.peer, p.rule
from fairness_area f
join area a using (area_code)
left join area_peer p using (area_code)
where f.theme_id = $theme
order by f.area_code

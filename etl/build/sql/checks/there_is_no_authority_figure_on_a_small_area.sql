-- Indicators of authorities, partnerships or middle-layer areas that were written on small areas.
select n.theme_id || ' ' || n.area_code as offender from need n join indicator i using (indicator_id)
where n.area_type = 'LSOA21' and i.native_area_type in ('MSOA', 'LA', 'CSP')

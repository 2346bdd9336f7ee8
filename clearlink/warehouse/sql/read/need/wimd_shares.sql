-- Share of an area's small areas in the most deprived groups of Wales. Grain: indicator and edition.
select s.*, i.name_en, i.name_cy
from wimd_share s
join indicator i using (indicator_id)
where s.area_code = $area
order by s.edition desc, i.indicator_id asc

-- Ranks of need of some areas (codes parted by ";"), on every theme, definition and edition. Grain: area,
-- theme, definition and edition.
select area_code, area_type, theme_id, definition, edition, rank
from need
where rank is not null and list_contains(string_split($areas, ';'), area_code)
order by area_code, theme_id, definition, edition

-- The public site of an authority. Grain: authority.
select la_code, url_en, url_cy
from council_site
where la_code = $la

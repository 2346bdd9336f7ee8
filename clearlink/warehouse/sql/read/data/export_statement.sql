-- What people told us, wherever they said it. Grain: statement.
select statement_id, area_code, theme_id, said_on, who_en, who_cy, text_en, text_cy, supports, is_illustrative
from statement
order by statement_id

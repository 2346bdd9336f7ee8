-- Every need that an assessment names. Grain: priority.
select priority_id, assessment_id, theme_id, statement, statement_cy, page, is_illustrative, rests_on
from priority
order by priority_id

-- Priorities that projects cite, and when those projects run: that an assessed need is answered stays true whoever asks, and no project is
-- named. Grain: priority and span.
select distinct c.priority_id, p.start_date, p.end_date
from memory.whole.citation c
join memory.whole.project p using (project_id)

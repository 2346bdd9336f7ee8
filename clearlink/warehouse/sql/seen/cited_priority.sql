-- Priorities that projects cite, and whether one that cites it runs: that an assessed need is answered stays
-- true whoever asks, and no project is named. Grain: priority and whether it runs.
select distinct c.priority_id, n.time_state = 'running' as is_running
from memory.whole.citation c
join memory.whole.project_now n using (project_id)

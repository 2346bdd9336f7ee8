-- Projects that answer a priority: those that cite it themselves, and those that an action under it names.
-- Grain: priority or action, and project.
with here as (
    select document_id from document_here($place)
),

answering as (
    select c.priority_id, null::varchar as action_id, c.project_id
    from citation c
    join priority p using (priority_id)
    where p.assessment_id in (select document_id from here)
    union
    select a.priority_id, a.action_id, x.project_id
    from plan_action_project x
    join plan_action a using (action_id)
    where a.plan_id in (select document_id from here)
)

select
    w.priority_id, w.action_id, w.project_id, p.title, p.programme_id, t.time_state, v.verdict,
    p.end_date
from answering w
join project p using (project_id)
join project_then t using (project_id)
join verdict v on v.project_id = p.project_id and v.basis = 'at_decision'
order by w.priority_id, w.action_id, p.title

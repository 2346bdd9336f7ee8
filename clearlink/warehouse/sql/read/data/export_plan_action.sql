-- Every action as its template lays it out, with how it stands on the day of the build. Grain: action.
select
    a.action_id,
    a.plan_id,
    a.priority_id,
    a.what,
    a.what_cy,
    a.who,
    a.by_when,
    a.progress as state,
    a.for_children,
    (
        select string_agg(x.project_id, ';' order by x.project_id) from plan_action_project x
        where x.action_id = a.action_id
    ) as project_ids,
    a.is_illustrative,
    n.action_state
from plan_action a
join plan_action_now n using (action_id)
order by a.action_id

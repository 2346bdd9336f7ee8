-- Actions of the plans of a place, with how each stands on the day of the build. Grain: action.
select
    a.action_id, a.plan_id, a.priority_id, a.what, a.what_cy, a.who, a.by_when, a.progress, a.for_children,
    a.is_illustrative, n.action_state
from plan_action a
join plan_action_now n using (action_id)
where
    a.plan_id in (
        select d.document_id
        from document_la d
        join area_member m using (la_code)
        where m.area_code = $place
    )
order by a.plan_id, a.by_when nulls last, a.action_id

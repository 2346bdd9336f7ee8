-- How each action stands on the day of the build: what is done or dropped stays so, and nothing open
-- outlives its plan. Twin: clearlink.rules.plans.action_state. Grain: action.
create table plan_action_now as
select
    a.action_id,
    case
        when a.progress = 'done' then 'done'
        when a.progress = 'dropped' then 'dropped'
        when n.document_state = 'lapsed' then 'lapsed_plan'
        when a.by_when is null then 'no_day'
        when a.by_when < b.as_of then 'overdue'
        else 'on_time'
    end as action_state
from plan_action a
join document_now n on n.document_id = a.plan_id
cross join build b

-- C8, decision trail: who approved, when, and the route to award. Grain: project, basis.
create temp table c8 as
with held as (
    select
        project_id,
        (approver is not null)::integer
        + (decision_date is not null)::integer
        + (route_to_award is not null)::integer as parts
    from project
)

select
    b.project_id, b.basis, h.parts,
    case h.parts when 3 then 'MET' when 0 then 'NO_EVIDENCE' else 'PARTLY' end as result,
    case h.parts when 3 then 'C8-OK' when 0 then 'C8-BLANK' else 'C8-SOME' end as reason
from basis b join held h using (project_id)

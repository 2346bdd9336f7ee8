-- The two verdicts of every project with its eight results. Grain: project and basis.
select
    v.project_id,
    v.basis,
    v.judged_on,
    v.verdict,
    v.reason,
    v.confidence,
    v.c1,
    v.c2,
    v.c3,
    v.c4,
    v.c5,
    v.c6,
    v.c7,
    v.c8,
    p.is_illustrative
from verdict v join project p using (project_id)
order by v.project_id, v.basis

-- One row per project and basis: the verdict, the reason that decided it, how confident, and every
-- criterion's result. Grain: project, basis.
create table verdict as
select
    b.project_id,
    b.basis,
    b.judged_on,
    verdict_of_reason(verdict_reason(c1.result, c2.result, c3.result, c4.result)) as verdict,
    verdict_reason(c1.result, c2.result, c3.result, c4.result) as reason,
    case
        when
            verdict_of_reason(verdict_reason(c1.result, c2.result, c3.result, c4.result)) = 'CANNOT_ASSESS'
            then 'NONE'
        when len(d.downgrades) = 0 then 'HIGH'
        when len(d.downgrades) = 1 then 'MODERATE'
        when len(d.downgrades) = 2 then 'LOW'
        else 'VERY_LOW'
    end as confidence,
    d.downgrades as confidence_downgrades,
    c1.result as c1,
    c2.result as c2,
    c3.result as c3,
    c4.result as c4,
    c5.result as c5,
    c6.result as c6,
    c7.result as c7,
    c8.result as c8
from basis b
join c1 using (project_id, basis)
join c2 using (project_id, basis)
join c3 using (project_id, basis)
join c4 using (project_id, basis)
join c5 using (project_id, basis)
join c6 using (project_id, basis)
join c7 using (project_id, basis)
join c8 using (project_id, basis)
join confidence_down d using (project_id, basis)

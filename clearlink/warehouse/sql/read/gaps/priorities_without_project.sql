-- Assessed priorities of a place that no live project cites. `valid_to`: the last day that the assessment
-- states, else (`is_by_life`) by the life of its kind; null where neither is known. Grain: priority.
select
    p.priority_id,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.page,
    p.rests_on,
    a.assessment_id,
    a.title,
    a.body,
    a.kind,
    a.published,
    h.ends_on as valid_to,
    h.is_by_life,
    p.is_illustrative
from priority p
join assessment a using (assessment_id)
join assessment_here h using (assessment_id)
where
    h.place = $place
    and h.is_in_force
    and ($theme is null or p.theme_id = $theme)
    and not exists (
        select
            1
        from cited_priority j
        where
            j.priority_id = p.priority_id
            and j.is_running
    )
order by h.ends_on nulls last, p.priority_id

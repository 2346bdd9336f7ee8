-- Assessed priorities of a place that no live project cites. Grain: priority.
select
    p.priority_id,
    p.theme_id,
    p.statement,
    p.statement_cy,
    p.page,
    a.assessment_id,
    a.title,
    a.body,
    a.kind,
    a.published,
    a.valid_to,
    p.is_illustrative
from priority p join assessment a using (assessment_id)
where
    exists (
        select 1 from document_la d
        join area_member m using (la_code)
        where d.document_id = a.assessment_id and m.area_code = $place
    )
    and ($theme is null or p.theme_id = $theme)
    and (a.valid_to is null or a.valid_to >= (select as_of from build))
    and not exists (
        select
            1
        from cited_priority j
        where
            j.priority_id = p.priority_id
            and j.is_running
    )
order by a.valid_to nulls last, p.priority_id

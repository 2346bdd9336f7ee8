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
        select 1 from area_member m
        where m.area_code = $place and (m.la_code = a.la_code or a.region_code = 'W92000004' or m.la_code in (
            select x.la_code from area_member x
            where x.area_code = a.region_code
        ))
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

-- Needs that an assessment names, but those of an assessment that is not published yet on the day of the
-- scope. Grain: priority.
select p.* from memory.whole.priority p
where p.assessment_id not in (
    select assessment_id
    from memory.whole.assessment
    where
        published > getvariable('scope_on')::date
        and not coalesce(getvariable('scope_unpublished')::boolean, false)
)

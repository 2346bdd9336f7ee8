-- Assessments but those that are not published yet on the day of the scope. Grain: assessment.
select *
from memory.whole.assessment
where
    published is null
    or published <= getvariable('scope_on')::date
    or coalesce(getvariable('scope_unpublished')::boolean, false)

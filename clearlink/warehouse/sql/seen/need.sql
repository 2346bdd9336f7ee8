-- The whole of need but what is not published yet on the day of the scope. Grain: as the table's.
select *
from memory.whole.need
where
    published is null
    or published <= getvariable('scope_on')::date
    or coalesce(getvariable('scope_unpublished')::boolean, false)

-- Published figures but those of an edition that is not published yet on the day of the scope. Grain:
-- observation.
select o.* from memory.whole.observation o
where (o.indicator_id, o.edition) not in (
    select (i.indicator_id, e.edition)
    from memory.whole.edition e
    join memory.whole.indicator i using (source_id)
    where
        e.published > getvariable('scope_on')::date
        and not coalesce(getvariable('scope_unpublished')::boolean, false)
)

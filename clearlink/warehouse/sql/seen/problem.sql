-- What was refused or should be looked at, without what stands in a row of a withheld project or names one,
-- and, for those who act for no protected place, without what shows that a refused row was of one. Grain:
-- problem.
select b.* from memory.whole.problem b
where not exists (
    select 1 from memory.seen.withheld_project w
    where
        starts_with(w.source_ref || ' ', b.file || ', row ' || b.row_no || ' ')
        or contains(concat_ws(' ', b.found, b.expected, b.remedy, b.place, b.facts), w.project_id)
        or contains(concat_ws(' ', b.found, b.expected, b.remedy, b.place, b.facts), w.title)
        or w.provider_name is not null
        and contains(concat_ws(' ', b.found, b.expected, b.remedy, b.place, b.facts), w.provider_name)
)
and (
    len(getvariable('scope_protected')::varchar[]) > 0
    or coalesce(b.code, '') not in ('whereabouts', 'sensitive_area', 'sensitive_area_withheld')
    and coalesce(b.facts ->> 'withheld', '') <> 'yes'
)

-- What changed since the build before, without changes of projects that are withheld or gone, and without the
-- rows of registers, which count them: of one that is gone nobody can say any more whether its place was
-- protected. Grain: kind and subject.
select * from memory.whole.build_change
where case
    when kind in ('project_new', 'verdict_at_decision', 'verdict_today')
        then
            subject in (select project_id from memory.whole.project)
            and subject not in (select project_id from memory.seen.withheld_project)
    when kind = 'rows'
        then
            subject in (
                select source_id from memory.whole.row_count
                where kind <> 'register'
            )
    else kind <> 'project_removed'
end

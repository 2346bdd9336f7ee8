-- What changed since the build before, without changes of projects that are withheld or gone: of one that is gone nobody can say any more
-- whether its place was protected. Grain: kind and subject.
select * from memory.whole.build_change
where kind not in ('project_new', 'project_removed', 'verdict_at_decision', 'verdict_today')
   or kind <> 'project_removed' and subject in (select project_id from memory.whole.project) and subject not in (select project_id from memory.seen.withheld_project)

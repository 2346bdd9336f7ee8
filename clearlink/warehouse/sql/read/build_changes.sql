-- What changed since the build before this one. Grain: kind and subject.
select c.kind, c.subject, c.before, c.after, p.title
from build_change c
left join project p on p.project_id = c.subject and c.kind in ('project_new', 'verdict_at_decision', 'verdict_today')
order by case c.kind when 'build' then 0 when 'verdict_at_decision' then 1 when 'verdict_today' then 2 when 'project_new' then 3 when 'project_removed' then 4
                     when 'need_edition' then 5 when 'refused' then 6 else 7 end, c.subject

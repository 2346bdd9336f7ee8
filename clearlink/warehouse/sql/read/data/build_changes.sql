-- What changed since the build before this one, with the name of the project, register or source where this
-- build still holds it. Grain: kind and subject.
with registers as (
    select register_id, any_value(split_part(source_ref, ',', 1)) as file from project
    group by all
),

sources as (
    select source_id, any_value(title_en) as title_en, any_value(title_cy) as title_cy from snapshot
    group by all
)

select
    c.kind,
    c.subject,
    c.before,
    c.after,
    coalesce(p.title, r.file, s.title_en) as title_en,
    coalesce(p.title, r.file, s.title_cy, s.title_en) as title_cy
from build_change c
left join
    project p
    on p.project_id = c.subject and c.kind in ('project_new', 'verdict_at_decision', 'verdict_today')
left join registers r on r.register_id = c.subject and c.kind in ('rows', 'refused')
left join sources s on s.source_id = c.subject and c.kind in ('rows', 'refused')
order by case c.kind
    when 'build' then 0 when 'verdict_at_decision' then 1 when 'verdict_today' then 2 when
        'project_new'
        then 3
    when 'project_removed' then 4
    when 'need_edition' then 5 when 'refused' then 6 else 7
end, c.subject

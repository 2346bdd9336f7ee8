-- Rows read and kept by source, without those of withheld projects: a register's count less what is listed of
-- it would tell of one.
-- Grain: source.
select
    r.* replace (
        r.rows_in - coalesce(w.projects, 0) as rows_in, r.rows_kept - coalesce(w.projects, 0) as rows_kept
    )
from memory.whole.row_count r
left join (
    select register_id, count(*)::integer as projects from memory.whole.project
    where project_id in (select project_id from memory.seen.withheld_project)
    group by register_id
) w on r.kind = 'register' and w.register_id = r.source_id

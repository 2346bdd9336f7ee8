-- C1, theme and indicator: is there a good indicator for any declared theme? Twin:
-- clearlink.rules.link.criteria.theme. Grain: project, basis.
create temp table c1 as
with best as (
    select
        t.project_id,
        arg_max(t.theme_id, (coalesce(f.fit, 0), t.is_primary::integer, t.theme_id)) as theme_id,
        max(coalesce(f.fit, 0)) as fit,
        arg_max(t.method, t.is_primary::integer) as method
    from project_theme t
    left join (
        select theme_id, max(case fit when 'good' then 2 when 'weak' then 1 else 0 end) as fit
        from theme_indicator
        where role in ('lead', 'support')
        group by theme_id
    ) f using (theme_id)
    group by t.project_id
)

select
    b.project_id, b.basis,
    case
        when x.theme_id is not null then case x.fit when 2 then 'MET' else 'PARTLY' end
        when p.theme_state = 'confirmed_none' then 'NOT_MET'
        when p.theme_state = 'requested_not_supplied' then 'REQUESTED_NOT_SUPPLIED' else 'NO_EVIDENCE'
    end as result,
    case
        when x.theme_id is not null then case x.fit when 2 then 'C1-GOOD' else 'C1-WEAK' end
        when p.theme_state = 'confirmed_none' then 'C1-NONE'
        when p.theme_state = 'requested_not_supplied' then 'C1-REQ'
        when p.theme_state = 'withheld' then 'C1-WITHHELD' else 'C1-BLANK'
    end as reason,
    x.theme_id, x.method
from basis b join project p using (project_id) left join best x using (project_id)

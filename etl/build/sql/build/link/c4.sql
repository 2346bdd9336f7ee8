-- C4, currency: age in whole months of the newest data behind C3 or C2 on the day. Data later than the day
-- count only where there is nothing earlier, and then against the project. Where no day is known nothing can
-- be older or younger than it. Twin: clearlink.rules.link.criteria.currency. Grain: project, basis.
create temp table c4 as
with evidence as (
    select
        c.project_id,
        c.basis,
        c.evidence_reference_end as reference_end,
        coalesce(c.slow_moving, false) as slow_moving,
        'assessment' as behind
    from c3 c
    where c.evidence_reference_end is not null
    union all
    select c.project_id, c.basis, c.reference_end, coalesce(c.slow_moving, false), 'need' from c2 c
    where c.is_tested and not c.anachronistic and c.reference_end is not null
),

newest as (
    select
        e.*,
        b.judged_on,
        e.reference_end > b.judged_on as is_later,
        datesub('month', e.reference_end, b.judged_on) as age_months,
        case
            when e.slow_moving then setting_value('slow_current_months') else setting_value('current_months')
        end as current_months,
        case
            when e.slow_moving then setting_value('slow_ageing_months') else setting_value('ageing_months')
        end as ageing_months
    from evidence e join basis b using (project_id, basis)
    where b.judged_on is not null
    qualify
        row_number()
            over (
                partition by e.project_id, e.basis
                order by
                    e.reference_end > b.judged_on, e.reference_end desc, e.slow_moving desc, e.behind desc
            )
        = 1
)

select
    b.project_id, b.basis, n.reference_end, n.age_months, n.slow_moving, n.behind,
    case
        when n.reference_end is null then 'NO_EVIDENCE' when n.is_later then 'NOT_MET' when
            n.age_months <= n.current_months
            then 'MET'
        when n.age_months <= n.ageing_months then 'PARTLY' else 'NOT_MET'
    end as result,
    case
        when b.judged_on is null then 'C4-NODAY'
        when n.reference_end is null then 'C4-BLANK' when n.is_later then 'C4-AFTER' when
            n.age_months <= n.current_months
            then 'C4-OK'
        when n.age_months <= n.ageing_months then 'C4-AGEING' else 'C4-OLD'
    end as reason
from basis b left join newest n using (project_id, basis)

-- C3, assessed priority: the best of a project's citations counts; with none, the state of the field decides.
create temp table c3 as
with best as (
    select
        *,
        case
            when reason = 'C3-OK' then 'MET' when
                reason in ('C3-RELATED', 'C3-NOPAGE', 'C3-LAPSED', 'C3-UNDATED')
                then 'PARTLY'
            else 'NOT_MET'
        end as result
    from c3_each
    qualify row_number() over (
        partition by project_id, basis
        order by
            list_position(
                [
                    'C3-OK',
                    'C3-RELATED',
                    'C3-NOPAGE',
                    'C3-LAPSED',
                    'C3-UNDATED',
                    'C3-EXPIRED',
                    'C3-THEME',
                    'C3-AREA',
                    'C3-RETROFIT'
                ],
                reason
            ),
            priority_id
    ) = 1
)

select
    b.project_id, b.basis,
    coalesce(
        x.result,
        case p.priority_state
            when 'confirmed_none' then 'NOT_MET' when
                'requested_not_supplied'
                then 'REQUESTED_NOT_SUPPLIED'
            else 'NO_EVIDENCE'
        end
    ) as result,
    coalesce(
        x.reason,
        case p.priority_state
            when 'confirmed_none' then 'C3-NONE' when 'requested_not_supplied' then 'C3-REQ' when
                'withheld'
                then 'C3-WITHHELD'
            else 'C3-BLANK'
        end
    ) as reason,
    x.priority_id,
    x.assessment_id,
    x.published,
    x.valid_to,
    x.page,
    x.quotation,
    x.sighted_by,
    x.evidence_reference_end,
    x.slow_moving,
    x.source_ref,
    b.judged_on,
    p.requested_on
from basis b join project p using (project_id) left join best x using (project_id, basis)

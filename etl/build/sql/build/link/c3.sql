-- C3, assessed priority: the best of a project's citations counts; a published figure before the decision
-- where no citation does; with neither, a paper read in full by two people and silent, and then the state of
-- the field. Twin: clearlink.rules.link.criteria.priority. Grain: project, basis.
create temp table c3 as
with best as (
    select
        *,
        case
            when reason = 'C3-OK' then 'MET'
            when reason in ('C3-RELATED', 'C3-NOPAGE', 'C3-LAPSED', 'C3-UNDATED') then 'PARTLY'
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
),

figure as (
    select b.project_id, b.basis, f.document, f.url, f.page, f.value, f.area, f.told_on
    from basis b join need_figure f using (project_id)
    where b.judged_on is null or f.told_on <= b.judged_on
    qualify row_number() over (
        partition by b.project_id, b.basis
        order by f.told_on desc, f.figure_id desc
    ) = 1
),

silent as (
    select project_id, any_value(document) as document, any_value(url) as url
    from paper_reading
    where second_by is not null
    group by project_id
),

stood as (
    select
        b.project_id,
        b.basis,
        b.judged_on,
        p.priority_state,
        p.requested_on,
        f.project_id is not null and coalesce(x.result, 'NOT_MET') = 'NOT_MET' as by_figure,
        x.project_id is null
        and s.project_id is not null
        and coalesce(p.priority_state, 'blank') not in ('confirmed_none', 'withheld') as is_silent
    from basis b
    join project p using (project_id)
    left join best x using (project_id, basis)
    left join figure f using (project_id, basis)
    left join silent s using (project_id)
)

select
    t.project_id, t.basis,
    case
        when t.by_figure then 'PARTLY'
        when x.result is not null then x.result
        when t.is_silent then 'NOT_MET'
        when t.priority_state = 'confirmed_none' then 'NOT_MET'
        when t.priority_state = 'requested_not_supplied' then 'REQUESTED_NOT_SUPPLIED'
        else 'NO_EVIDENCE'
    end as result,
    case
        when t.by_figure then 'C3-FIGURE'
        when x.reason is not null then x.reason
        when t.is_silent then 'C3-PAPER-SILENT'
        when t.priority_state = 'confirmed_none' then 'C3-NONE'
        when t.priority_state = 'requested_not_supplied' then 'C3-REQ'
        when t.priority_state = 'withheld' then 'C3-WITHHELD'
        else 'C3-BLANK'
    end as reason,
    case when not t.by_figure then x.priority_id end as priority_id,
    case when not t.by_figure then x.assessment_id end as assessment_id,
    case when not t.by_figure then x.published end as published,
    case when not t.by_figure then x.valid_to end as valid_to,
    case when t.by_figure then f.page else x.page end as page,
    x.quotation,
    x.sighted_by,
    case when not t.by_figure then x.evidence_reference_end end as evidence_reference_end,
    case when not t.by_figure then x.slow_moving end as slow_moving,
    x.source_ref,
    t.judged_on,
    t.requested_on,
    case when t.by_figure then f.document when t.is_silent then s.document end as document,
    case when t.by_figure then f.url when t.is_silent then s.url end as url,
    case when t.by_figure then f.value end as figure,
    case when t.by_figure then f.area end as figure_area,
    case when t.by_figure then f.told_on end as told_on
from stood t
left join best x using (project_id, basis)
left join figure f using (project_id, basis)
left join silent s using (project_id)

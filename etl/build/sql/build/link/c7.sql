-- C7, review and outcomes, for projects that have run for more than a year, as known on the day of the build.
-- Twin: clearlink.rules.link.criteria.conduct. Grain: project, basis.
create temp table c7 as
with stood as (
    select
        b.project_id,
        b.basis,
        p.start_date,
        p.outcomes,
        p.outcomes_state,
        p.last_review,
        x.as_of,
        least(x.as_of, coalesce(p.end_date, x.as_of)) as day
    from basis b join project p using (project_id) cross join build x
),

judged as (
    select
        *,
        case
            when start_date is null then 'C7-BLANK'
            when datesub('month', start_date, day) <= setting_value('running_months') then 'C7-NEW'
            when
                outcomes is null
                then
                    case outcomes_state
                        when 'confirmed_none' then 'C7-NONE' when
                            'requested_not_supplied'
                            then 'C7-REQ'
                        else 'C7-BLANK'
                    end
            when
                last_review <= as_of and datesub('month', last_review, day) <= setting_value('review_months')
                then 'C7-OK'
            else 'C7-NOREVIEW'
        end as reason
    from stood
)

select
    *,
    case reason
        when 'C7-NEW' then 'NOT_APPLICABLE' when 'C7-NONE' then 'NOT_MET' when 'C7-OK' then 'MET' when
            'C7-NOREVIEW'
            then 'PARTLY'
        else 'NO_EVIDENCE'
    end as result
from judged

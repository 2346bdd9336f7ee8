-- C6, engagement before the decision with the people concerned: dated, with whom, and what changed. The
-- register's word "children" or "young people" in engagement_with is how a record says that children were
-- among them. Where the register says nothing, an engagement record that names the project speaks: the last
-- one held before the day judged on, else the first after it.
-- Grain: project and basis. Twin: clearlink.rules.link.criteria.conduct.
create temp table c6 as
with heard as (
    select
        b.project_id,
        b.basis,
        arg_max(
            e,
            case
                when e.held_until is null then -1e15
                when e.held_until <= b.judged_on then 1e12 + epoch(e.held_until)
                else -epoch(e.held_until)
            end
        ) as e
    from basis b
    join engagement_link l on l.subject = 'project' and l.subject_id = b.project_id
    join engagement e using (engagement_id)
    group by b.project_id, b.basis
),

said as (
    select
        b.project_id,
        b.basis,
        b.judged_on,
        case
            when p.engagement_state = 'blank' and h.e is not null then 'provided'
            else p.engagement_state
        end as state,
        case when p.engagement_state = 'blank' then h.e.held_until else p.engagement_date end as engaged_on,
        case when p.engagement_state = 'blank' then h.e.who else p.engagement_with end as engaged_with,
        case when p.engagement_state = 'blank' then h.e.changed else p.engagement_change end as what_changed,
        case when p.engagement_state = 'blank' then h.e.engagement_id end as engagement_id,
        coalesce(g.for_children, false) as for_children,
        case
            when p.engagement_state = 'blank' then coalesce(h.e.has_children, false)
            else coalesce(
                regexp_matches(lower(p.engagement_with), 'child|young|pupil|plant|plentyn|ifanc|disgybl'),
                false
            )
        end as children_engaged
    from basis b
    join project p using (project_id)
    left join heard h using (project_id, basis)
    left join target_group g on g.id = p.target_group
),

judged as (
    select
        *,
        case
            when engaged_on is null and engaged_with is null and what_changed is null
                then
                    case state
                        when 'confirmed_none' then 'C6-NONE' when
                            'requested_not_supplied'
                            then 'C6-REQ'
                        else 'C6-BLANK'
                    end
            when engaged_on is null or judged_on is null then 'C6-UNDATED'
            when engaged_on > judged_on then 'C6-AFTER'
            when engaged_with is null or what_changed is null then 'C6-GENERIC'
            when for_children and not children_engaged then 'C6-CHILDREN'
            else 'C6-OK'
        end as reason
    from said
)

select
    *,
    case
        when reason = 'C6-OK' then 'MET' when reason in ('C6-NONE', 'C6-AFTER') then 'NOT_MET' when
            reason in ('C6-BLANK', 'C6-REQ')
            then 'NO_EVIDENCE'
        else 'PARTLY'
    end as result
from judged

-- C6, engagement before the decision with the people concerned: dated, with whom, and what changed. The register's word "children" or
-- "young people" in engagement_with is how a record says that children were among them. Twin: clearlink.rules.link.criteria.conduct.
create temp table c6 as
with said as (
    select
        b.project_id,
        b.basis,
        b.judged_on,
        p.engagement_state as state,
        p.engagement_date as engaged_on,
        p.engagement_with as engaged_with,
        p.engagement_change as what_changed,
        coalesce(g.for_children, false) as for_children,
        coalesce(
            regexp_matches(lower(p.engagement_with), 'child|young|pupil|plant|plentyn|ifanc|disgybl'), false
        ) as children_engaged
    from basis b join project p using (project_id) left join target_group g on g.id = p.target_group
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

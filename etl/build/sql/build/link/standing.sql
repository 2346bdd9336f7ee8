-- The two questions apart, for every project and basis: does it serve need (C1 and C2), and is that on record
-- (C3)? Beside them the signs. Twin: clearlink.rules.link.standing. Grain: project and basis.
create table standing as
select
    v.project_id,
    v.basis,
    case
        when v.c1 in ('NO_EVIDENCE', 'REQUESTED_NOT_SUPPLIED', 'NOT_MET') then 'no_theme'
        when v.c2 = 'MET' then 'above'
        when c2.met_later then 'above_later'
        when v.c2 = 'PARTLY' then 'about'
        when v.c2 = 'NOT_MET' then 'below'
        when v.c2 = 'NOT_APPLICABLE' then 'whole_area'
        when v.c2 = 'NOT_ASSESSABLE' then 'no_figure'
        else 'not_placed'
    end as serves,
    case
        when c3.reason = 'C3-FIGURE' then 'figure'
        when c3.result in ('MET', 'PARTLY') then 'named'
        when c3.reason = 'C3-PAPER-SILENT' then 'silent'
        when c3.reason = 'C3-NONE' then 'none'
        when c3.result = 'NOT_MET' then 'unfit'
        when c3.result = 'REQUESTED_NOT_SUPPLIED' then 'asked'
        when r.project_id is not null then 'silent_one'
        else 'not_recorded'
    end as on_record,
    coalesce(s.signs, []) as signs
from verdict v
join c2 using (project_id, basis)
join c3 using (project_id, basis)
left join (
    select distinct project_id from paper_reading
    where second_by is null
) r using (project_id)
left join (
    select project_id, list(distinct sign order by sign) as signs from sign
    group by project_id
) s using (project_id)

-- C5, proportionality (a flag, never a verdict): the project's share of its region's spend on the theme over
-- its areas' share of the region's people in need, in the year of the build. Twin:
-- clearlink.rules.link.criteria.proportion. Grain: project, basis.
create temp table c5 as
with part as (
    select
        y.project_id,
        y.spend_gbp / nullif(sum(y.spend_gbp) over (partition by s.scope, t.theme_id), 0) as spend_share
    from year_spend y
    join project_scope s using (project_id)
    join project_theme t on t.project_id = y.project_id and t.is_primary
    where y.spend_gbp > 0
),

scope_need as (
    select n.theme_id, n.definition, n.edition, n.area_type, s.scope, sum(n.people_in_need) as people_in_need
    from need n
    left join lsoa l using (area_code)
    left join la_region r on r.la_code = n.area_code and r.region_type = 'RCC'
    cross join lateral (select unnest([coalesce(l.region_code, r.region_code), 'W92000004']) as scope) s
    where n.definition = 'lead' and s.scope is not null
    group by all
),

need_share as (
    select m.project_id, m.basis, m.observed / nullif(k.people_in_need, 0) as need_share
    from c2_measure m join c2_choice c using (project_id, basis) join project_scope p using (project_id)
    join
        scope_need k
        on
            k.theme_id = c.theme_id
            and k.definition = c.definition
            and k.edition = c.edition
            and k.area_type = c.area_type
            and k.scope = p.scope
),

shared as (
    select
        b.project_id,
        b.basis,
        p.delivery_model = 'confidential' or p.is_sensitive as is_fixed,
        p.annual_value_gbp,
        x.spend_share,
        n.need_share,
        x.spend_share / nullif(n.need_share, 0) as proportion
    from basis b
    join project p using (project_id)
    left join part x using (project_id)
    left join need_share n using (project_id, basis)
),

judged as (
    select
        *,
        case
            when coalesce(is_fixed, false) then 'C5-FIXED'
            when annual_value_gbp is null then 'C5-BLANK'
            when annual_value_gbp < setting_value('proportion_min_value_gbp') then 'C5-SMALL'
            when spend_share is null or coalesce(need_share, 0) <= 0 then 'C5-NONEED'
            when
                proportion between setting_value('proportion_met_low')
                - 1e-9 and setting_value('proportion_met_high')
                + 1e-9
                then 'C5-OK'
            when
                proportion between setting_value('proportion_partly_low')
                - 1e-9 and setting_value('proportion_partly_high')
                + 1e-9
                then 'C5-WATCH'
            else 'C5-FLAG'
        end as reason
    from shared
)

select
    *,
    case reason
        when 'C5-FIXED' then 'NOT_APPLICABLE' when 'C5-SMALL' then 'NOT_APPLICABLE' when
            'C5-BLANK'
            then 'NO_EVIDENCE'
        when 'C5-NONEED' then 'NOT_ASSESSABLE'
        when 'C5-OK' then 'MET' when 'C5-WATCH' then 'PARTLY' else 'NOT_MET'
    end as result
from judged

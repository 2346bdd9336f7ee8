-- C2, area targeting at the need edition of the day. Twin: clearlink.rules.link.criteria.area. The tolerance
-- is the twin's own. Grain: project, basis.
create temp table c2 as
with stood as (
    select
        b.project_id,
        b.basis,
        p.delivery_model,
        p.is_sensitive,
        p.areas_state,
        t.theme_id,
        c.definition,
        c.edition,
        c.published,
        c.reference_end,
        c.slow_moving,
        c.anachronistic,
        c.is_whole,
        c.area_type,
        l.scope,
        l.areas,
        l.areas_with_need,
        l.people,
        l.is_illustrative,
        l.observed,
        l.expected,
        l.served_fifth_share,
        l.served_half_share,
        l.scope_fifth_share,
        l.ratio,
        l.lower,
        l.upper,
        l.range_basis,
        l.targeting_ratio,
        u.project_id is not null as has_users,
        exists(
            select 1 from reach r
            where r.project_id = b.project_id
        ) as has_areas,
        exists(
            select 1 from need n
            where n.theme_id = t.theme_id and n.definition <> 'wimd' and n.score is not null
        ) as has_need,
        coalesce(l.targeting_ratio >= setting_value('targeting_met') - 1e-9, false) as reaches_pockets,
        coalesce(l.targeting_ratio < setting_value('targeting_not_met') - 1e-9, false) as misses_pockets,
        coalesce(l.lower > 1 + 1e-9 and l.ratio >= setting_value('ratio_met') - 1e-9, false) as is_raised,
        coalesce(l.upper < 1 - 1e-9, false) as is_below,
        -- without people no interval can say that need is below average; living mostly in the needier half
        -- says it is not
        coalesce(l.served_half_share >= 0.5 - 1e-9, false) as is_in_needier_half
    from basis b
    join project p using (project_id)
    left join (
        select project_id, theme_id from project_theme
        where is_primary
    ) t
        using (project_id)
    left join c2_choice c using (project_id, basis)
    left join c2_limit l using (project_id, basis)
    left join users_usable u using (project_id)
),

judged as (
    select
        *,
        case
            when is_sensitive or delivery_model = 'confidential' then 'C2-PROTECTED'
            when delivery_model = 'area_wide' then 'C2-AREAWIDE'
            when delivery_model = 'dispersed' and not has_users then 'C2-DISPERSED'
            when not has_areas and areas_state = 'requested_not_supplied' then 'C2-REQ'
            when not has_areas then 'C2-BLANK'
            when theme_id is null or not has_need then 'C2-NOINDICATOR'
            when area_type = 'LA' and not is_whole then 'C2-LAONLY'
            when areas_with_need = 0 then 'C2-SUPPRESSED'
            when ratio is null and targeting_ratio is null then 'C2-NOINDICATOR'
            when ratio is null then 'C2-COMPOSITE'
            when is_raised then 'C2-RATIO'
            when reaches_pockets then 'C2-POCKETS'
            when is_below and misses_pockets then 'C2-BELOW'
            else 'C2-AVERAGE'
        end as underlying
    from stood
),

resulted as (
    select
        *,
        case
            when underlying in ('C2-PROTECTED', 'C2-AREAWIDE', 'C2-DISPERSED') then 'NOT_APPLICABLE'
            when underlying = 'C2-REQ' then 'REQUESTED_NOT_SUPPLIED'
            when underlying = 'C2-BLANK' then 'NO_EVIDENCE'
            when underlying in ('C2-NOINDICATOR', 'C2-LAONLY', 'C2-SUPPRESSED') then 'NOT_ASSESSABLE'
            when
                underlying in ('C2-RATIO', 'C2-POCKETS') or underlying = 'C2-COMPOSITE' and reaches_pockets
                then 'MET'
            when
                underlying = 'C2-BELOW'
                or underlying = 'C2-COMPOSITE' and misses_pockets and not is_in_needier_half
                then 'NOT_MET'
            else 'PARTLY'
        end as on_its_figures,
        underlying in ('C2-RATIO', 'C2-POCKETS', 'C2-COMPOSITE', 'C2-BELOW', 'C2-AVERAGE') as is_tested
    from judged
)

select
    * exclude (on_its_figures),
    is_tested and anachronistic and on_its_figures = 'MET' as met_later,
    case when met_later then 'PARTLY' else on_its_figures end as result,
    case when is_tested and anachronistic then 'C2-ANACHRONISTIC' else underlying end as reason
from resulted

-- How many named downgrades of confidence each verdict carries (method B3): weak proxy; need known for
-- authorities only; need edition later than the decision; few people, an interval that spans one, or none
-- known; theme split estimated; citation not sighted twice. Grain: project, basis.
create temp table confidence_down as
select
    b.project_id, b.basis,
    list_filter([
        case when c1.reason = 'C1-WEAK' then 'WEAK_PROXY' end,
        case
            when c2.reason = 'C2-LAONLY' or c2.is_tested and c2.area_type = 'LA' then 'AUTHORITY_ONLY_NEED'
        end,
        case when c2.is_tested and c2.anachronistic then 'LATER_EDITION' end,
        case
            when
                c2.is_tested
                and c2.ratio is not null
                and (
                    c2.observed < setting_value('exact_below') - 1e-9
                    or not coalesce(c2.lower > 1 + 1e-9 or c2.upper < 1 - 1e-9, false)
                )
                then 'SMALL_OR_WIDE'
        end,
        case
            when (
                select count(*) from project_theme t
                where t.project_id = b.project_id and t.method <> 'stated_share'
            ) > 1 then 'SPLIT_ESTIMATED'
        end,
        case when c3.priority_id is not null and coalesce(trim(c3.sighted_by), '') = '' then 'NOT_SIGHTED' end
    ], lambda x: x is not null) as downgrades
from basis b
left join c1 using (project_id, basis)
left join c2 using (project_id, basis)
left join c3 using (project_id, basis)

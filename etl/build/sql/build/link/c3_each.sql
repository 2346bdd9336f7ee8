-- C3 for each citation: was the priority assessed for this need and area, and in force, on the day? Twin:
-- clearlink.rules.link.criteria.priority. Grain: citation, basis.
create temp table c3_each as
with faced as (
    select
        b.project_id,
        b.basis,
        b.judged_on,
        ci.priority_id,
        coalesce(trim(ci.quotation), '') <> '' as is_quoted,
        coalesce(trim(ci.page), '') <> '' as has_page,
        ci.quotation, ci.page, ci.sighted_by, ci.source_ref, a.assessment_id, a.published, a.published_by,
        coalesce(a.valid_to, (
            coalesce(a.published_by, a.published)
            + to_years(life.years)
        )::date) as valid_to,
        a.evidence_reference_end, a.slow_moving, pr.theme_id as priority_theme,
        exists(
            select 1 from assessment_la al join project_authority pl on pl.la_code = al.la_code
            where al.assessment_id = a.assessment_id and pl.project_id = b.project_id
        ) as covers_area,
        -- a project without a theme has none to compare: that is C1's finding, and must not be found twice
        not exists (
            select 1 from project_theme t
            where t.project_id = b.project_id
        )
        or exists (
            select 1 from project_theme t
            where t.project_id = b.project_id and t.theme_id = pr.theme_id
        ) as same_theme,
        exists(
            select 1
            from project_theme t
            join
                theme_related r
                on
                    (r.theme_id = t.theme_id and r.related_id = pr.theme_id)
                    or (r.theme_id = pr.theme_id and r.related_id = t.theme_id)
            where t.project_id = b.project_id
        ) as related_theme
    from basis b
    join citation ci using (project_id)
    join priority pr using (priority_id)
    join assessment a using (assessment_id)
    left join assessment_life life using (kind)
)

select
    *,
    case
        when published > judged_on then 'C3-RETROFIT'
        when not covers_area then 'C3-AREA'
        when not same_theme and not related_theme then 'C3-THEME'
        when
            judged_on > valid_to and datesub('month', valid_to, judged_on) < setting_value('lapsed_months')
            then 'C3-LAPSED'
        when judged_on > valid_to then 'C3-EXPIRED'
        -- where only a year is known, it may have been published before the decision or after it
        when judged_on is null or published is null or published_by > judged_on then 'C3-UNDATED'
        when not (is_quoted and has_page) then 'C3-NOPAGE'
        when not same_theme then 'C3-RELATED'
        else 'C3-OK'
    end as reason
from faced

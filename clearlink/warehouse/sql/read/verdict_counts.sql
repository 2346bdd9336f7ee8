-- Projects and their annual value by verdict, in a place and for a programme and theme (null = all). Grain: verdict.
select
    v.verdict, count(*)::integer as projects, coalesce(sum(p.annual_value_gbp), 0) as annual_value_gbp,
    count(*) filter (where p.annual_value_gbp is null)::integer as without_value
from project p join verdict v on v.project_id = p.project_id and v.basis = $basis
where
    exists (
        select 1 from project_authority t join area_member m using (la_code)
        where t.project_id = p.project_id and m.area_code = $place
    )
    and ($programme is null or p.programme_id = $programme)
    and (
        $theme is null or exists (
            select 1 from project_theme t
            where t.project_id = p.project_id and t.theme_id = $theme
        )
    )
    and (
        not $live
        or (
            (p.start_date is null or p.start_date <= (select as_of from build))
            and (p.end_date is null or p.end_date >= (select as_of from build))
        )
    )
group by v.verdict

-- One row per theme, definition, edition, scope and value of need, neediest first, with the people at risk
-- before it. Areas that tie are merged, so that the order of rows never matters.
-- Grain: theme, definition, edition, scope, score.
create temp table need_tie as
with scoped as (
    select u.theme_id, u.definition, u.edition, s.scope, u.score, u.population_at_risk
    from need_unranked u
    join lsoa l using (area_code)
    cross join lateral (select unnest([l.region_code, 'W92000004']) as scope) s
    where u.score is not null and u.population_at_risk > 0 and s.scope is not null
),

tied as (
    select theme_id, definition, edition, scope, score, sum(population_at_risk) as people
    from scoped
    group by all
)

select
    *,
    sum(people) over w - people as people_before,
    sum(people) over (partition by theme_id, definition, edition, scope) as people_in_scope
from tied
window w as (partition by theme_id, definition, edition, scope order by score desc)

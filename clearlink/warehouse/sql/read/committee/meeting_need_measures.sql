-- Need in the small areas a project reaches, on its main theme, by each definition of need (latest edition).
-- Grain: definition.
with newest as (
    select n.*
    from need n
    join project_theme t on t.project_id = $project_id and t.is_primary and t.theme_id = n.theme_id
    join project_area r on r.project_id = $project_id and r.area_code = n.area_code
    where n.area_type = 'LSOA21'
    qualify
        dense_rank() over (partition by n.definition order by n.published desc nulls last, n.edition desc) = 1
)

select
    definition,
    edition,
    count(*)::integer as areas,
    count(score)::integer as areas_with_need,
    sum(people_in_need) as people_in_need,
    sum(fifth_share_wales * population_at_risk) / nullif(sum(population_at_risk), 0) as neediest_fifth_share,
    min(rank)::integer as rank_first,
    max(rank)::integer as rank_last,
    max(rank_of)::integer as rank_of,
    bool_or(is_illustrative) as is_illustrative
from newest
group by definition, edition
order by definition desc

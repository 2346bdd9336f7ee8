-- Every small area of an authority whose papers say where an area-based programme went, chosen or not, with need on real
-- measures: the council's own figure, the income domain of the 2011 child index (a score, the one published when most areas
-- were chosen), and the income domain of each later index held (a rank). place is 1 for the
-- area most in need of the authority on that measure. A chosen area that has since been split or merged is found by its
-- new codes. Areas that came in with the childcare expansion of 2022 on, meant for all two-year-olds in time, were not chosen before others and
-- only carry its name as their phase. people_at_risk are the young children the programme is for. Grain: authority, programme, measure, area.
create table area_choice_need as
with named as (
    select c.*, unnest(string_split(c.area_codes_as_published, ';')) as published_code from area_choice c
),

placed as (
    select n.*, n.published_code as area_code from named n join lsoa l on l.area_code = n.published_code
    union all
    select n.*, b.lsoa21_code
    from named n
    join bridge b on b.lsoa11_code = n.published_code
    where n.published_code not in (select area_code from lsoa)
),

asked as (
    select
        programme_id,
        la_code,
        area_code,
        bool_or(chosen and coalesce(phase, '') not like 'Childcare expansion%') as chosen,
        min(decided_on) filter (where chosen) as decided_on,
        string_agg(distinct nullif(phase, ''), ', ' order by nullif(phase, '')) filter (where chosen)
            as phase,
        max(reason) as reason,
        max(need_value) as need_value,
        max(need_metric) as need_metric,
        max(area_name) as area_name,
        max(source_ref) as source_ref,
        max(source_url) as source_url
    from placed
    group by programme_id, la_code, area_code
),

whole as (
    select distinct a.programme_id, a.la_code, l.area_code
    from (select distinct programme_id, la_code from area_choice) a
    join lsoa l using (la_code)
),

known as (
    select
        w.programme_id,
        w.la_code,
        w.area_code,
        coalesce(a.chosen, false) as chosen,
        a.area_code is not null as is_named,
        a.decided_on,
        a.phase,
        a.reason,
        a.area_name,
        a.source_ref,
        a.source_url,
        a.need_value, a.need_metric
    from whole w left join asked a using (programme_id, la_code, area_code)
),

measured as (
    select
        k.* exclude (need_value, need_metric),
        'council' as measure,
        k.need_value as value,
        -k.need_value as sorter
    from known k
    where k.need_value is not null
    union all
    select
        k.* exclude (need_value, need_metric),
        'wimd_income ' || s.edition,
        min(s.published_rank),
        min(s.published_rank)
    from known k left join bridge b on b.lsoa21_code = k.area_code
    join
        domain_score s
        on s.indicator_id = 'wimd_rank_income' and (s.area_code = k.area_code or s.area_code = b.lsoa11_code)
    group by all
    union all
    select k.* exclude (need_value, need_metric), 'child_income ' || o.edition, max(o.value), -max(o.value)
    from known k left join bridge b on b.lsoa21_code = k.area_code
    join
        observation o
        on
            o.indicator_id = 'wimd_child_index_income'
            and o.value is not null
            and (o.area_code = k.area_code or o.area_code = b.lsoa11_code)
    group by all
)

select
    m.* exclude (sorter),
    (rank() over one)::integer as place,
    (count(*) over everywhere)::integer as places,
    (sum(chosen::integer) over everywhere)::integer as chosen_areas,
    par.people as people_at_risk
from measured m
left join population_at_risk par on par.theme_id = 'early_years' and par.area_code = m.area_code
window
    one as (partition by programme_id, la_code, measure order by sorter),
    everywhere as (partition by programme_id, la_code, measure)

-- Need behind each choice of where an area-based programme went, on real measures: the council's own figure,
-- the income domain of the 2011 child index (a score, the one published when most areas were chosen), and the
-- income domain of each later index held (a rank). The council's figure needs no code: its rows are the areas
-- as the paper lists them (area_code is the paper's), each with the small areas of today that stand there
-- (area_codes, none where a code has no successor). Every other measure has a row for each small area of
-- today, chosen or not; an area that was split or merged is found by its new codes. place is 1 for the area
-- most in need of the authority. Areas that came in with the childcare expansion of 2022 on, meant for all
-- two-year-olds in time, were not chosen before others and only carry its name as their phase. chosen_listed
-- are the areas that the papers chose, chosen_today the small areas of today they are, unplaced the names of
-- those with no code of today: whoever says chosen_areas can say what it leaves out. people_at_risk are the
-- young children the programme is for; areas of 2011 that became one share its children evenly.
-- Grain: authority, programme, measure, area.
create table area_choice_need as
with listed as (
    select
        programme_id,
        la_code,
        area_name,
        area_codes_as_published,
        bool_or(chosen and coalesce(phase, '') not like 'Childcare expansion%') as chosen,
        min(decided_on) filter (where chosen) as decided_on,
        string_agg(distinct nullif(phase, ''), ', ' order by nullif(phase, '')) filter (where chosen)
            as phase,
        max(reason) as reason,
        max(need_value) as need_value,
        max(need_metric) as need_metric,
        max(source_ref) as source_ref,
        max(source_url) as source_url
    from area_choice
    group by programme_id, la_code, area_name, area_codes_as_published
),

placed as (
    select n.*, c.published_code, c.area_code, c.part
    from listed n join listed_area c using (area_codes_as_published)
),

asked as (
    select
        programme_id,
        la_code,
        area_code,
        bool_or(chosen) as chosen,
        min(decided_on) as decided_on,
        string_agg(distinct phase, ', ' order by phase) as phase,
        max(reason) as reason,
        string_agg(distinct area_name, ', ' order by area_name) as area_name,
        max(source_ref) as source_ref,
        max(source_url) as source_url
    from placed
    group by programme_id, la_code, area_code
),

choice as (
    select
        n.programme_id,
        n.la_code,
        count(*) filter (where n.chosen)::integer as chosen_listed,
        any_value(t.chosen_today)::integer as chosen_today,
        coalesce(
            list(n.area_name order by n.area_name) filter (
                where n.chosen and not exists (
                    select 1 from placed p
                    where
                        p.la_code = n.la_code
                        and p.area_name = n.area_name
                        and p.area_codes_as_published = n.area_codes_as_published
                )
            ), []
        ) as unplaced
    from listed n
    left join
        (
            select programme_id, la_code, count(*) filter (where chosen) as chosen_today from asked
            group by all
        ) t
        using (programme_id, la_code)
    group by n.programme_id, n.la_code
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
        [w.area_code] as area_codes,
        coalesce(a.chosen, false) as chosen,
        a.area_code is not null as is_named,
        a.decided_on,
        a.phase,
        a.reason,
        a.area_name,
        a.source_ref,
        a.source_url,
        par.people as people_at_risk
    from whole w left join asked a using (programme_id, la_code, area_code)
    left join population_at_risk par on par.theme_id = 'early_years' and par.area_code = w.area_code
),

there as (
    select
        p.programme_id,
        p.la_code,
        p.area_name,
        p.area_codes_as_published,
        list(distinct p.area_code order by p.area_code) as area_codes,
        sum(par.people * p.part) as people_at_risk
    from placed p left join population_at_risk par
        on
            par.theme_id = 'early_years'
            and par.area_code = p.area_code
    group by all
),

measured as (
    select
        n.programme_id,
        n.la_code,
        n.area_codes_as_published as area_code,
        coalesce(t.area_codes, []) as area_codes,
        n.chosen,
        true as is_named,
        n.decided_on,
        n.phase,
        n.reason,
        n.area_name,
        n.source_ref,
        n.source_url,
        t.people_at_risk,
        n.need_metric,
        'council' as measure,
        n.need_value as value,
        -n.need_value as sorter
    from listed n left join there t using (programme_id, la_code, area_name, area_codes_as_published)
    where n.need_value is not null
    union all
    select k.*, null, 'wimd_income ' || s.edition, min(s.published_rank), min(s.published_rank)
    from known k left join bridge b on b.lsoa21_code = k.area_code
    join
        domain_score s
        on s.indicator_id = 'wimd_rank_income' and (s.area_code = k.area_code or s.area_code = b.lsoa11_code)
    group by all
    union all
    select k.*, null, 'child_income ' || o.edition, max(o.value), -max(o.value)
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
    (sum(m.chosen::integer) over everywhere)::integer as chosen_areas,
    c.chosen_listed,
    c.chosen_today,
    c.unplaced
from measured m join choice c using (programme_id, la_code)
window
    one as (partition by m.programme_id, m.la_code, m.measure order by m.sorter),
    everywhere as (partition by m.programme_id, m.la_code, m.measure)

-- Need of each authority on the two measures that a deprivation index allows: extent (people × the share by
-- which their area counts as deprived: whole in the publisher's most deprived 10 %, then by rank from 0.95 to
-- 0.05 at the last area of its 30 %) and score (people × the area's weighted score). Ranks give the extent's
-- place only; neither is a number of people in need. Grain: edition, authority, definition.
create table grant_need as
with old_people as (
    select b.lsoa11_code as area_code, sum(p.people / n.olds) as people, any_value(l.la_code) as la_code
    from bridge b join lsoa l on l.area_code = b.lsoa21_code
    join
        (
            select area_code, max_by(value, edition) as people from observation
            where indicator_id = 'population_total' and value is not null
            group by area_code
        ) p
        on p.area_code = b.lsoa21_code
    join
        (
            select lsoa21_code, count(distinct lsoa11_code) as olds from bridge
            group by lsoa21_code
        ) n
        on n.lsoa21_code = b.lsoa21_code
    group by b.lsoa11_code
),

new_people as (
    select l.area_code, max_by(o.value, o.edition) as people, l.la_code
    from lsoa l
    join
        observation o
        on o.area_code = l.area_code and o.indicator_id = 'population_total' and o.value is not null
    group by l.area_code, l.la_code
),

is_old as (
    select distinct s.edition
    from domain_score s
    where s.indicator_id = 'wimd_rank_overall' and s.area_code not in (select area_code from lsoa)
),

people as (
    select e.edition, o.*
    from (select distinct edition from domain_score) e
    join old_people o on e.edition in (select edition from is_old)
    union all
    select e.edition, n.*
    from (select distinct edition from domain_score) e
    join new_people n on e.edition not in (select edition from is_old)
),

score as (
    select s.edition, s.area_code, sum(w.weight * s.score) as score
    from domain_score s
    join wimd_weight w on w.edition = s.edition and w.domain_indicator_id = s.indicator_id
    group by s.edition, s.area_code
),

extent as (
    select
        r.edition,
        r.area_code,
        case
            when r.published_rank <= c.last_rank_10 then 1.0
            when r.published_rank <= c.last_rank_30
                then
                    0.95 - 0.9
                    * (r.published_rank - c.last_rank_10 - 1)
                    / greatest(c.last_rank_30 - c.last_rank_10 - 1, 1)
            else 0.0
        end as extent
    from domain_score r
    join wimd_cut c on c.edition = r.edition and c.last_rank_30 is not null
    where r.indicator_id = 'wimd_rank_overall'
)

select
    p.edition,
    p.la_code,
    'extent' as definition,
    sum(p.people) as population,
    sum(p.people * x.extent) as need
from people p
join extent x using (edition, area_code)
group by all
union all
select p.edition, p.la_code, 'score', sum(p.people), sum(p.people * x.score)
from people p
join score x using (edition, area_code)
group by all

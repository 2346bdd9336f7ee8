-- Figures of returns for every place that can be chosen: the place's own row where it has one, else the
-- sum of its authorities that told one. `told` of `members` authorities stand in a sum; `withheld` of them
-- tell too few people to be shown. A measure that cannot be added up has rows of its own areas only.
-- Grain: measure, place, period, part.
create table programme_figure as
with member as (
    select area_code as place, la_code, count(*) over (partition by area_code) as members
    from area_member
),

own as (
    select
        r.measure_id, r.area_code as place, r.period, r.part, r.value, r.marker, r.is_illustrative,
        r.is_published, m.members
    from return_standing r
    join (select distinct place, members from member) m on m.place = r.area_code
),

summed as (
    select
        r.measure_id, m.place, r.period, r.part,
        sum(r.value) as value,
        count(r.value) as told,
        count(*) filter (where r.marker = 'low') as withheld,
        bool_or(r.is_illustrative) as is_illustrative,
        bool_and(r.is_published) as is_published,
        max(m.members) as members
    from return_standing r
    join programme_measure x using (measure_id)
    join member m on m.la_code = r.area_code and m.place <> m.la_code
    where x.is_additive
    group by all
)

select
    measure_id, place, period, part, value, marker, members as told, members,
    (case when marker = 'low' then 1 else 0 end)::integer as withheld, is_illustrative, is_published,
    true as is_own
from own
union all
select
    s.measure_id, s.place, s.period, s.part, s.value,
    case when s.value is null then case when s.withheld > 0 then 'low' else 'not_available' end end as marker,
    s.told, s.members, s.withheld::integer as withheld, s.is_illustrative, s.is_published, false as is_own
from summed s
where
    not exists (
        select 1 from own o
        where (o.measure_id, o.place, o.period, o.part) = (s.measure_id, s.place, s.period, s.part)
    )
order by all

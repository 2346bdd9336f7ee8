-- What is held of each round of a statutory assessment or plan in each authority: held with priorities, held
-- by title, named (a draft, or known from another paper), or not found. Grain: kind, round and authority.
create table assessment_coverage as
with covered as (
    select
        a.kind,
        a.cycle,
        l.la_code,
        max(
            case
                when exists (
                    select 1 from priority as p
                    where p.assessment_id = a.assessment_id
                ) then 3
                when a.standing = 'named' then 1
                else 2
            end
        ) as best
    from assessment as a
    join assessment_la as l using (assessment_id)
    where a.cycle is not null and not coalesce(a.is_illustrative, false)
    group by a.kind, a.cycle, l.la_code
)

select
    r.kind,
    r.cycle,
    x.area_code as la_code,
    case coalesce(c.best, 0)
        when 3 then 'priorities'
        when 2 then 'title'
        when 1 then 'named'
        else 'not_found'
    end as held
from assessment_round as r
cross join area as x
left join covered as c on c.kind = r.kind and c.cycle = r.cycle and c.la_code = x.area_code
where x.area_type = 'LA'

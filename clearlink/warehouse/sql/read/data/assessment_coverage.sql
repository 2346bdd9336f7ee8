-- Each round of a statutory assessment or plan: how many ought to exist, and the authorities that are held
-- with priorities, by title, named, and not found. Grain: kind and round.
select
    r.kind,
    r.cycle,
    r.expected,
    r.body_en,
    r.body_cy,
    r.name_en,
    r.name_cy,
    (
        select count(*)::integer from assessment as a
        where a.kind = r.kind and a.cycle = r.cycle and not coalesce(a.is_illustrative, false)
    ) as documents,
    count(*) filter (where c.held = 'priorities')::integer as with_priorities,
    count(*) filter (where c.held = 'title')::integer as by_title,
    count(*) filter (where c.held = 'named')::integer as named,
    list(c.la_code order by c.la_code) filter (where c.held = 'not_found') as missing,
    max(l.years) as life_years
from assessment_round as r
left join assessment_coverage as c using (kind, cycle)
left join assessment_life as l using (kind)
group by all
order by r.name_en, r.cycle

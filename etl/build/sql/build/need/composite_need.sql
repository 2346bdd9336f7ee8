-- Composite score on today's small areas. Unchanged and split areas keep the score of the old area; merged
-- areas take the mean of their parts weighted by people. Scores may be averaged so; ranks never are.
-- Grain: theme, small area, edition.
create temp table composite_need as
select theme_id, area_code, edition, score, fit, dated_by
from composite_as_published
join lsoa using (area_code)
where
    edition not in (
        select distinct edition from composite_as_published c join area a using (area_code)
        where a.area_type = 'LSOA11' and a.area_code not in (select area_code from lsoa)
    )
union all
select
    c.theme_id,
    b.lsoa21_code,
    c.edition,
    round(sum(c.score * b.share * coalesce(p.people, 1)) / sum(b.share * coalesce(p.people, 1)), 9),
    min(c.fit),
    min(c.dated_by)
from composite_as_published c
join bridge b on b.lsoa11_code = c.area_code
left join population_at_risk p on p.area_code = b.lsoa21_code and p.theme_id = c.theme_id
where
    c.edition in (
        select distinct edition from composite_as_published x join area a using (area_code)
        where a.area_type = 'LSOA11' and a.area_code not in (select area_code from lsoa)
    )
group by c.theme_id, b.lsoa21_code, c.edition

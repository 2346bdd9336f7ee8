-- The ledger with withheld projects under a number instead of their name, their money in their region where
-- three or more stand together on a theme in a year (the smallest region joins a rest of one or two), else in
-- Wales alone; dropped where Wales has fewer than three. Grain: project, theme, financial year, bucket, area.
with secret as (
    select l.* from memory.whole.ledger l
    where l.project_id in (select project_id from memory.seen.withheld_project)
),

cell as (
    select
        theme_id, financial_year, region_code, count(distinct project_id) as projects,
        row_number() over (
            partition by
                theme_id, financial_year, count(distinct project_id) >= 3 and region_code <> 'W92000004'
            order by count(distinct project_id), region_code
        ) as smallest
    from secret
    group by theme_id, financial_year, region_code
),

year as (
    select theme_id, financial_year, count(distinct project_id) as projects from secret
    group by all
),

rest as (
    select
        y.theme_id,
        y.financial_year,
        y.projects
        - coalesce(sum(c.projects) filter (where c.projects >= 3 and c.region_code <> 'W92000004'), 0)
            as projects
    from year y
    left join cell c using (theme_id, financial_year)
    group by y.theme_id, y.financial_year, y.projects
),

told as (
    select
        s.theme_id, s.financial_year, 'protected' as bucket, s.pence, s.project_id,
        case
            when
                c.projects >= 3 and (r.projects = 0 or r.projects >= 3 or c.smallest > 1)
                then s.region_code
            else 'W92000004'
        end as region_code
    from secret s
    join cell c using (theme_id, financial_year, region_code)
    join rest r using (theme_id, financial_year)
    join year y using (theme_id, financial_year)
    where y.projects >= 3
)

select *
from memory.whole.ledger
where project_id not in (select project_id from memory.seen.withheld_project)
union all by name
select
    '–'
    || dense_rank() over (partition by theme_id, financial_year order by hash(project_id)) as project_id,
    theme_id,
    financial_year,
    bucket,
    region_code as area_code,
    null as la_code, region_code, sum(pence)::bigint as pence
from told
group by project_id, theme_id, financial_year, bucket, region_code

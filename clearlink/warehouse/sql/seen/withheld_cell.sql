-- Withheld projects, counted where three or more stand together: in their region, or else in Wales alone.
-- Where that would leave one or two for the rest the smallest region joins them, and nothing is counted at
-- all where Wales has fewer than three. `live`: running ones only, where those that do not run are none or
-- three, in the cell itself and in the rest of Wales. Grain: live, region or Wales.
with each as (
    select w.*, false as live from memory.seen.withheld_project w
    union all
    select w.*, true from memory.seen.withheld_project w
    where w.time_state = 'running'
),

cell as (
    select
        live, region_code, count(*)::integer as projects, sum(year_gbp) as year_gbp,
        row_number() over (partition by live order by count(*), region_code) as smallest
    from each
    where region_code <> 'W92000004'
    group by live, region_code
    having count(*) >= 3
),

wales as (
    select live, count(*)::integer as projects, sum(year_gbp) as year_gbp from each
    group by live
),

rest as (
    select w.live, w.projects - coalesce(sum(c.projects), 0) as projects
    from wales w
    left join cell c using (live)
    group by w.live, w.projects
),

told as (
    select c.live, c.region_code, c.projects, c.year_gbp
    from cell c
    join rest r using (live)
    where r.projects = 0 or r.projects >= 3 or c.smallest > 1
    union all
    select live, 'W92000004', projects, year_gbp from wales
    where projects >= 3
),

still as (
    select
        'W92000004' as region_code,
        count(*) filter (where not live) - count(*) filter (where live) as projects
    from each
    union all
    select region_code, count(*) filter (where not live) - count(*) filter (where live)
    from each
    where region_code <> 'W92000004'
    group by region_code
),

running as (
    select
        t.*, (
            select s.projects from still s
            where s.region_code = 'W92000004'
        )
        - coalesce(sum(s.projects) filter (where t.region_code <> 'W92000004') over (), 0) as still_in_rest
    from told t join still s using (region_code)
    where t.live and s.projects not in (1, 2)
)

select * from told
where not live
union all
select live, region_code, projects, year_gbp
from running
where region_code = 'W92000004' or still_in_rest not in (1, 2)

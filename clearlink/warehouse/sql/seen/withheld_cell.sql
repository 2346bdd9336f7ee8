-- Withheld projects, counted where three or more stand together: in their region, or else in Wales alone. Where that would leave one or two
-- for the rest the smallest region joins them, and nothing is counted at all where Wales has fewer than three. `live`: running ones only. Grain: live, region or Wales.
with each as (
    select w.*, false as live from memory.seen.withheld_project w
    union all
    select w.*, true from memory.seen.withheld_project w, memory.whole.build b
    where coalesce(w.start_date, b.as_of) <= b.as_of and coalesce(w.end_date, b.as_of) >= b.as_of
),
cell as (
    select live, region_code, count(*)::integer as projects, sum(annual_value_gbp) as annual_value_gbp,
           row_number() over (partition by live order by count(*), region_code) as smallest
    from each where region_code <> 'W92000004' group by live, region_code having count(*) >= 3
),
wales as (select live, count(*)::integer as projects, sum(annual_value_gbp) as annual_value_gbp from each group by live),
rest as (select w.live, w.projects - coalesce(sum(c.projects), 0) as projects from wales w left join cell c using (live) group by w.live, w.projects)
select c.live, c.region_code, c.projects, c.annual_value_gbp from cell c join rest r using (live) where r.projects = 0 or r.projects >= 3 or c.smallest > 1
union all
select live, 'W92000004', projects, annual_value_gbp from wales where projects >= 3

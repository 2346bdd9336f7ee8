-- Pairs of projects that run on the day of the build and serve the same people: same theme and target group, at least 90 common
-- days, at least a quarter of the smaller catchment by people at risk. Same tier, or a tier not recorded: possible duplication;
-- different tiers: layered, a ladder. value_gbp is what the two cost a year together; it is no saving. A project without an end
-- counts to the end of the financial year. Twin: clearlink.rules.overlap. Grain: pair of projects.
create table overlap as
with day as (
    select as_of, make_date(year(as_of) + (month(as_of) >= 4)::integer, 3, 31) as year_end from build
),
live as (
    select p.project_id, p.target_group, p.tier, p.start_date, coalesce(p.end_date, greatest(d.year_end, p.start_date)) as end_date, p.annual_value_gbp
    from project p cross join day d
    where p.start_date <= d.as_of and coalesce(p.end_date, d.as_of) >= d.as_of and p.target_group is not null
      and not p.is_sensitive and coalesce(p.delivery_model, '') <> 'confidential'
),
catchment as (
    select r.project_id, r.area_code, coalesce(par.people, a.population) * r.share as people
    from reach r join live using (project_id) join area a using (area_code)
    left join project_theme t on t.project_id = r.project_id and t.is_primary
    left join population_at_risk par on par.theme_id = t.theme_id and par.area_code = r.area_code
),
size as (
    select project_id, sum(people) as people from catchment group by project_id
),
asked as (
    select a.project_id as project_a, b.project_id as project_b, list_sort(list(t.theme_id)) as theme_ids,
           case when any_value(a.tier) <> any_value(b.tier) then 'LAYERED' else 'POSSIBLE_DUPLICATION' end as kind,
           1 + date_diff('day', greatest(any_value(a.start_date), any_value(b.start_date)), least(any_value(a.end_date), any_value(b.end_date))) as shared_days,
           coalesce(any_value(a.annual_value_gbp), 0) + coalesce(any_value(b.annual_value_gbp), 0) as value_gbp
    from live a
    join project_theme t on t.project_id = a.project_id
    join live b on b.target_group = a.target_group and b.project_id > a.project_id
    join project_theme u on u.project_id = b.project_id and u.theme_id = t.theme_id
    group by a.project_id, b.project_id
),
met as (
    select p.project_a, p.project_b, sum(least(x.people, y.people)) as shared_people
    from asked p join catchment x on x.project_id = p.project_a join catchment y on y.project_id = p.project_b and y.area_code = x.area_code
    where p.shared_days >= setting_value('overlap_days_min')
    group by all
),
measured as (
    select p.*, m.shared_people, m.shared_people / nullif(least(a.people, b.people), 0) as overlap_coefficient, m.shared_people / nullif(a.people + b.people - m.shared_people, 0) as jaccard
    from met m join asked p using (project_a, project_b) join size a on a.project_id = m.project_a join size b on b.project_id = m.project_b
)
select project_a, project_b, kind, theme_ids[1] as theme_id, theme_ids, shared_people, shared_days::integer as shared_days, overlap_coefficient, jaccard, value_gbp
from measured where overlap_coefficient >= setting_value('overlap_min') - 1e-9

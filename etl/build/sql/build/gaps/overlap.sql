-- Pairs of projects that run on the day of the build and serve the same people: same theme and target group,
-- at least 90 common days, at least a quarter of the smaller catchment by people at risk. Same tier, or a
-- tier not recorded: possible duplication; different tiers: layered, a ladder. value_gbp is what the two cost
-- a year together; it is no saving. A project without an end counts to the end of the financial year. Twin:
-- clearlink.rules.gap.overlap. Grain: pair of projects.
create table overlap as
with day as (
    select as_of, make_date(year(as_of) + (month(as_of) >= 4)::integer, 3, 31) as year_end from build
),

live as (
    select
        row_number() over (order by p.project_id) as nth,
        p.project_id,
        p.target_group,
        p.tier,
        p.start_date,
        coalesce(p.end_date, greatest(d.year_end, p.start_date)) as end_date,
        p.annual_value_gbp
    from project p join project_now n using (project_id) cross join day d
    where
        n.time_state = 'running' and p.start_date is not null and p.target_group is not null
        and not p.is_sensitive and coalesce(p.delivery_model, '') <> 'confidential'
),

catchment as (
    select l.nth, l.target_group, r.area_code, coalesce(par.people, a.population) * r.share as people
    from reach r join live l using (project_id) join area a using (area_code)
    left join project_theme t on t.project_id = r.project_id and t.is_primary
    left join population_at_risk par on par.theme_id = t.theme_id and par.area_code = r.area_code
),

size as (
    select nth, sum(people) as people from catchment
    group by nth
),

-- meeting in an area comes first: of all pairs of a group of people few ever do
met as (
    select x.nth as a, y.nth as b, sum(least(x.people, y.people)) as shared_people
    from catchment x
    join catchment y on y.target_group = x.target_group and y.area_code = x.area_code and y.nth > x.nth
    group by x.nth, y.nth
),

measured as (
    select
        m.*,
        m.shared_people / nullif(least(x.people, y.people), 0) as overlap_coefficient,
        m.shared_people / nullif(x.people + y.people - m.shared_people, 0) as jaccard
    from met m join size x on x.nth = m.a join size y on y.nth = m.b
),

asked as (
    select
        a.project_id as project_a,
        b.project_id as project_b,
        m.shared_people,
        m.overlap_coefficient,
        m.jaccard,
        case when a.tier <> b.tier then 'LAYERED' else 'POSSIBLE_DUPLICATION' end as kind,
        1
        + date_diff('day', greatest(a.start_date, b.start_date), least(a.end_date, b.end_date))
            as shared_days,
        coalesce(a.annual_value_gbp, 0) + coalesce(b.annual_value_gbp, 0) as value_gbp
    from measured m join live a on a.nth = m.a join live b on b.nth = m.b
    where m.overlap_coefficient >= setting_value('overlap_min') - 1e-9
),

on_theme as (
    select k.project_a, k.project_b, list_sort(list(t.theme_id)) as theme_ids
    from asked k
    join project_theme t on t.project_id = k.project_a
    join project_theme u on u.project_id = k.project_b and u.theme_id = t.theme_id
    where k.shared_days >= setting_value('overlap_days_min')
    group by k.project_a, k.project_b
)

select
    k.project_a,
    k.project_b,
    k.kind,
    o.theme_ids[1] as theme_id,
    o.theme_ids,
    k.shared_people,
    k.shared_days::integer as shared_days,
    k.overlap_coefficient,
    k.jaccard,
    k.value_gbp
from asked k join on_theme o using (project_a, project_b)

-- Projects that show a count of users under ten, not in fives, beside a protected place, or beside one of
-- theirs that is withheld, as a count or a weight.
with law as (
    select
        min(value) filter (where name = 'disclosure_below') as below,
        min(value) filter (where name = 'disclosure_round_to') as step
    from setting
)

select d.project_id || ' ' || d.area_code as offender
from project_declared_area d join project p using (project_id) cross join law
where
    d.users is not null
    and (
        d.users < law.below
        or d.users % law.step <> 0
        or d.users_marker is not null
        or p.is_sensitive
        or coalesce(p.delivery_model, '') = 'confidential'
    )
union
select project_id || ' shown beside withheld'
from project_declared_area
group by project_id
having count(users) > 0 and count(users_marker) > 0
union
select a.project_id || ' weight'
from project_area a
join project_declared_area d using (project_id)
where a.method = 'users' and d.users is null

-- In how many authorities of a place a register of a programme of each theme is loaded, and how many records
-- of it there have no dates: where one is missing, or one may run, nothing that runs is not known to be
-- nothing there. Grain: theme.
with undated as (
    select t.theme_id, count(distinct p.project_id) as records
    from project p
    join project_then n using (project_id)
    join project_theme t using (project_id)
    where n.time_state = 'not_dated' and in_place(p.project_id, $place)
    group by t.theme_id
)

select
    k.theme_id,
    count(*) filter (where k.by_register) as loaded,
    count(*) as authorities,
    coalesce(any_value(u.records), 0) as undated
from provision_known k
left join undated u using (theme_id)
where
    k.la_code in (
        select la_code from area_member
        where area_code = $place
    )
group by k.theme_id
order by k.theme_id

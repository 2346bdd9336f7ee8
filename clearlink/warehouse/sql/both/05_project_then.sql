-- How each record stands: on the day of the build, or, where a financial year is chosen, in that year:
-- running if its days fall in it, ended before it, to come after it. A day that nobody recorded says nothing
-- of other years than the build's: not_dated, and its money is not known. Twin:
-- clearlink.rules.running.state_in_year. Grain: project.
create view project_then as
with bounds as (
    select
        make_date(substr(money_year(), 1, 4)::integer, 4, 1) as first_day,
        make_date(substr(money_year(), 1, 4)::integer + 1, 3, 31) as last_day,
        money_year() < financial_year as is_earlier,
        money_year() > financial_year as is_later,
        getvariable('money_year') is null as of_the_day
    from build
),

stood as (
    select
        n.project_id,
        n.is_money_known,
        n.is_counted_elsewhere,
        case
            when b.of_the_day or n.time_state not in ('running', 'to_come', 'ended') then n.time_state
            when p.end_date < b.first_day then 'ended'
            when p.start_date > b.last_day then 'to_come'
            when p.start_date is null and b.is_earlier or p.end_date is null and b.is_later then 'not_dated'
            else 'running'
        end as time_state
    from project_now n
    join project p using (project_id)
    cross join bounds b
)

select
    project_id,
    time_state,
    is_money_known and time_state in ('running', 'to_come', 'ended') as is_money_known,
    is_counted_elsewhere
from stood

-- How each record stands on the day of the build: running, to_come, ended, not_dated (no day is recorded, so
-- nobody knows whether it runs), notice (a tender that nobody is known to have won) or never_bought (a tender
-- that was cancelled, withdrawn or unsuccessful). Every count and sum of what runs reads this, and nothing
-- else says it. is_money_known: the value is paid by the year, recorded and dated, so that its part in any
-- year is known (nothing, where it had ended). is_counted_elsewhere: it may be the same thing as another
-- record whose money is counted. Twins: clearlink.rules.running.time_state and is_money_a_year. Grain:
-- project.
create table project_now as
with stood as (
    select
        p.project_id, p.annual_value_gbp, p.value_kind,
        case
            when p.value_kind = 'tender_notice' then 'notice'
            when p.value_kind = 'never_bought' then 'never_bought'
            when p.start_date is null and p.end_date is null then 'not_dated'
            when p.end_date < b.as_of then 'ended'
            when p.start_date > b.as_of then 'to_come'
            else 'running'
        end as time_state,
        exists(
            select 1 from possible_duplicate d
            where d.not_counted = p.project_id
        ) as is_counted_elsewhere
    from project p cross join build b
)

select
    project_id, time_state,
    annual_value_gbp is not null and value_kind = 'yearly' and time_state in ('running', 'to_come', 'ended')
    and not is_counted_elsewhere as is_money_known,
    is_counted_elsewhere
from stood

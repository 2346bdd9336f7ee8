-- Counts of people in a return that are under ten or not in fives; a publisher's are as published.
with law as (
    select
        min(value) filter (where name = 'disclosure_below') as below,
        min(value) filter (where name = 'disclosure_round_to') as step
    from setting
)

select r.measure_id || ' ' || r.area_code || ' ' || r.period || ' ' || r.part as offender
from programme_return r join programme_measure m using (measure_id) cross join law
where
    m.counts_people
    and not r.is_published
    and (r.value < law.below or r.value % law.step <> 0 or r.numerator is not null)

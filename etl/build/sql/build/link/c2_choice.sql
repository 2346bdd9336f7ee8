-- The need that a project's areas are tested against: the latest edition published on or before the day, else
-- the next later one (anachronistic, as is any edition where the day is not known); people where they are
-- published for small areas, else the composite (targeting only). Where need is published for authorities
-- only, a service over whole authorities is tested on that. Grain: project, basis.
create temp table c2_choice as
with whole as (
    select project_id, bool_and(precision in ('LA', 'LHB', 'REGION')) as is_whole
    from reach
    group by project_id
),

offered as (
    select
        theme_id,
        definition,
        edition,
        any_value(published) as published,
        any_value(reference_end) as reference_end,
        any_value(slow_moving) as slow_moving,
        area_type
    from need
    where definition in ('lead', 'composite') and score is not null and published is not null
    group by theme_id, definition, edition, area_type
),

small as (
    select distinct theme_id from offered
    where area_type = 'LSOA21'
),

ranked as (
    select
        b.project_id, b.basis, w.is_whole, o.*, coalesce(o.published > b.judged_on, true) as anachronistic,
        row_number() over (
            partition by b.project_id, b.basis
            order by
                coalesce(o.published > b.judged_on, true),
                o.definition = 'composite',
                abs(date_diff('day', o.published, coalesce(b.judged_on, date '9999-01-01'))),
                o.edition
        ) as nth
    from basis b
    join whole w using (project_id)
    join project_theme t on t.project_id = b.project_id and t.is_primary
    join offered o using (theme_id)
    where o.area_type = case when o.theme_id in (select theme_id from small) then 'LSOA21' else 'LA' end
)

select * exclude (nth) from ranked
where nth = 1

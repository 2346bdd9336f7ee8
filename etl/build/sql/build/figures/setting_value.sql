-- The value of one threshold.
create temp macro setting_value(
    wanted) as (
    select value from setting
    where name = wanted
)

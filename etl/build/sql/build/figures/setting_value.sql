-- The value of one threshold. Grain: a setting.
create temp macro setting_value(
    wanted) as (
    select value from setting
    where name = wanted
)

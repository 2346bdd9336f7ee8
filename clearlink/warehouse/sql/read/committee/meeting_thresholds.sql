-- The settings that the verdicts were made with. Grain: setting.
select * from setting
order by 1

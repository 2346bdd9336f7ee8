-- The thresholds that the build was made with: settings by name, and the years that each kind of assessment
-- stands where its paper states no end. Grain: setting or kind.
select name, null::varchar as kind, value from setting
union all
select null, kind, years from assessment_life
order by name, kind

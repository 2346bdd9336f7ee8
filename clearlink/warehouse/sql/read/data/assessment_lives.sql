-- Years that each kind of assessment stands where its paper states no end. Grain: kind.
select kind, years from assessment_life
order by kind

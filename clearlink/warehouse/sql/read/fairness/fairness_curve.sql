-- Cumulative shares of money and need by share of people at risk, neediest areas first. Grain: twentieth of
-- the people.
select population_share, spend_share, need_share from fairness_curve
where region = $region and theme_id = $theme and definition = $definition and placed_by = $placed_by
order by population_share

-- Money and need of each authority beside the region's, from the most below its share to the most above.
-- Grain: authority.
select la_code, people_in_need, population, spend_gbp, gbp_per_person_in_need, gap_gbp from fairness_authority
where region = $region and theme_id = $theme and definition = $definition and placed_by = $placed_by
order by gap_gbp desc, la_code asc

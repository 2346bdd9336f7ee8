-- Authorities with papers on where an area-based programme went: areas chosen, and how choice compares with
-- need on each measure. higher_not_chosen: areas left out although among as many neediest as were chosen.
-- chosen_listed, chosen_today, unplaced: what chosen_areas leaves out, and why; uncounted: areas without a
-- number of children. Grain: authority, measure.
select
    n.la_code,
    n.measure,
    any_value(n.programme_id) as programme_id,
    any_value(n.places) as places,
    any_value(n.chosen_areas) as chosen_areas,
    any_value(n.chosen_listed) as chosen_listed,
    any_value(n.chosen_today) as chosen_today,
    any_value(n.unplaced) as unplaced,
    count(*) filter (where is_named and not chosen)::integer as named_not_chosen,
    count(*) filter (where not chosen and place <= chosen_areas)::integer as higher_not_chosen,
    count(*) filter (where chosen and place > chosen_areas)::integer as lower_chosen,
    sum(people_at_risk) filter (where place <= chosen_areas) as children_neediest,
    sum(people_at_risk) filter (where place <= chosen_areas and not chosen) as children_neediest_outside,
    sum(people_at_risk) as children,
    sum(people_at_risk) filter (where not chosen) as children_outside,
    count(*) filter (where people_at_risk is null)::integer as uncounted,
    min(value) filter (where chosen) as lowest_chosen,
    max(value) filter (where not chosen) as highest_not_chosen,
    (
        select min(c.need_metric) from area_choice c
        where c.la_code = n.la_code and c.need_metric is not null)
        as need_metric
from area_choice_need n
group by n.la_code, n.measure
order by n.la_code, n.measure

-- Writes the limits of rank and the chance of lying in the neediest fifth beside each need.
update need set rank_low = r.rank_low, rank_high = r.rank_high, neediest_fifth_probability = r.probability
from rank_limit r
where
    need.theme_id = r.theme_id
    and need.definition = r.definition
    and need.edition = r.edition
    and need.area_code = r.area_code
    and need.area_type = r.area_type

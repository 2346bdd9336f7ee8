-- Need and spend of each authority within a region or Wales; gap_gbp above 0 is below its share of need.
-- money_to_move_gbp of these is the part of the mismatch that lies between authorities.
create table fairness_authority (
    region varchar,
    theme_id varchar,
    definition varchar,
    placed_by varchar,
    la_code varchar,
    people_in_need double,
    population double,
    spend_gbp double,
    gbp_per_person_in_need double, gap_gbp double
)

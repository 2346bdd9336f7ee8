-- Cumulative shares of spend and of need at each twentieth of the population, neediest areas first.
create table fairness_curve (
    region varchar,
    theme_id varchar,
    definition varchar,
    placed_by varchar,
    population_share double,
    spend_share double,
    need_share double
)

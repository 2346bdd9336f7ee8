-- One row per region (or Wales), theme, definition of need, way of placing money and measure; low and high
-- are the 2.5 and 97.5 % points of the fixed-seed draws, without_low and without_high the least and most with
-- one project left out, where the measure has them. Filled after the draws.
create table fairness (
    region varchar,
    theme_id varchar,
    definition varchar,
    placed_by varchar,
    measure varchar,
    value double,
    low double,
    high double,
    without_low double,
    without_high double
)

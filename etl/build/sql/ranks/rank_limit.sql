-- Limits of rank by theme, definition, edition and area, as the draws gave them.
create temp table rank_limit (
    theme_id varchar,
    definition varchar,
    edition varchar,
    area_type varchar,
    area_code varchar,
    rank_low integer,
    rank_high integer,
    probability double
)

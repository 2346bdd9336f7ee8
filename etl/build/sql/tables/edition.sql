-- One row per edition of a source: the day it was published and the last day its data speak of.
create table edition (
    source_id varchar not null, edition varchar not null, published date, reference_end date,
    slow_moving boolean not null, is_illustrative boolean not null
)

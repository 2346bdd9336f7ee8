-- One row per figure of a programme's returns: a value or a marker. `part`: what a measure is broken down
-- by, empty for the whole; `is_published`: a publisher's figure, as published; others are counts of people
-- in fives, none under ten.
create table programme_return (
    programme_id varchar not null,
    measure_id varchar not null,
    area_code varchar not null,
    period varchar not null,
    part varchar not null,
    value double,
    marker varchar,
    numerator double,
    denominator double,
    source varchar,
    cell varchar,
    note varchar,
    note_cy varchar,
    is_illustrative boolean,
    is_published boolean default false,
    check ((value is null) <> (marker is null))
)

-- One row per measure of a programme's returns. `share_of`: the measure it is compared with, `is_part`: it
-- lies inside that one; `cascade`: planned, outturn, capacity, reached or in_need; `step`: its place in a
-- funnel; `indicator_id`: the published indicator that gives it; `least` and `most` bound one figure.
create table programme_measure (
    measure_id varchar primary key,
    programmes varchar,
    sort integer,
    name_en varchar,
    name_cy varchar,
    unit_en varchar,
    unit_cy varchar,
    is_additive boolean,
    counts_people boolean,
    share_of varchar,
    is_part boolean,
    cascade varchar,
    step integer,
    periods varchar,
    levels varchar,
    parts varchar,
    least double,
    most double,
    indicator_id varchar
)

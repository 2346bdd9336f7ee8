-- One row per published figure: a value or a marker, never both, never neither; cell is its place in the
-- publisher's file. Read by etl/pipeline/published.py, filled by etl/build/load.py.
create table observation (
    indicator_id varchar not null,
    area_code varchar not null,
    period varchar,
    edition varchar not null,
    value double,
    marker varchar,
    numerator double, denominator double, lower double, upper double, snapshot_id varchar, cell varchar,
    check ((value is null) <> (marker is null))
)

-- One row per area that a commissioner considered for an area-based programme, chosen or not.
create table area_choice (
    programme_id varchar,
    la_code varchar,
    area_name varchar,
    area_codes_as_published varchar,
    phase varchar,
    chosen boolean,
    status varchar,
    need_metric varchar,
    need_value double,
    decided_on date,
    reason varchar,
    project_id varchar,
    source_ref varchar,
    source_url varchar
)

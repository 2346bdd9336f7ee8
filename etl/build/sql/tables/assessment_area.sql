-- One row per assessment and authority that it covers, where they are not one authority or region.
create table assessment_area (
    assessment_id varchar,
    area_code varchar
)

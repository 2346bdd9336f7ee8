-- Authorities that a joint plan covers. Grain: plan and authority.
create table plan_area (
    plan_id varchar not null,
    area_code varchar not null
)

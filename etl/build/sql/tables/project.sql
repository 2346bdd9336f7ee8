-- One row per commissioned project, as its register states it.
create table project (
    project_id varchar primary key, title varchar not null, programme_id varchar, commissioner varchar not null, la_code varchar,
    region_code varchar, provider_org_id varchar, provider_name varchar, provider_sector varchar, start_date date, end_date date,
    annual_value_gbp double, target_group varchar, capacity integer, capacity_unit varchar, delivery_model varchar, tier varchar,
    decision_date date, approver varchar, route_to_award varchar, theme_state varchar, areas_state varchar, priority_state varchar,
    engagement_state varchar, engagement_date date, engagement_with varchar, engagement_change varchar, outcomes varchar,
    outcomes_state varchar, last_review date, requested_on date, recorded_by varchar, recorded_on date, welsh_language varchar,
    is_sensitive boolean not null, is_illustrative boolean not null, source_ref varchar, source_url varchar, register_id varchar, note varchar,
    embargo_until date
)

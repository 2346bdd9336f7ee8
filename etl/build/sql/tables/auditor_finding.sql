-- What auditors, scrutiny committees and cabinets found of how councils commission. Grain: finding.
create table auditor_finding (
    finding_id varchar primary key,
    area_code varchar not null,
    day_en varchar not null,
    day_cy varchar not null,
    who_en varchar not null,
    who_cy varchar not null,
    finding_en varchar not null,
    finding_cy varchar not null,
    source_url varchar not null
)

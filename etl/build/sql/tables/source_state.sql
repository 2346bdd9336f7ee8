-- One row per source of the catalogue. State is current, late, refused, withdrawn, awaiting (its columns) or
-- not_fetched; snapshot_id is the file in use, and the reason with its facts (JSON) says why there is no
-- newer one.
create table source_state (
    source_id varchar primary key,
    title_en varchar,
    title_cy varchar,
    publisher varchar,
    edition varchar,
    state varchar not null,
    snapshot_id varchar, reason_code varchar, facts varchar, url varchar, landing_page varchar
)

-- One row per publisher's file in this build. State is current, late or withdrawn.
create table snapshot (
    snapshot_id varchar primary key,
    source_id varchar not null,
    title_en varchar,
    title_cy varchar,
    edition varchar,
    retrieved_at timestamp,
    sha256 varchar,
    licence varchar,
    publisher varchar,
    url varchar,
    landing_page varchar,
    state varchar, rows_read integer, bytes bigint, attribution varchar, is_illustrative boolean not null
)

-- One row per figure that a newer file of a source brought, took away or changed since the build that was
-- served before; no part of the content hash. Before and after hold the value, or the marker.
create table figure_change (
    source_id varchar,
    indicator_id varchar,
    area_code varchar,
    period varchar,
    edition varchar,
    kind varchar,
    before varchar,
    after varchar
)

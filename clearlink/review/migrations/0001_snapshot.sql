-- The evidence as it was: build, settings and app version together. Grain: snapshot.
create table snapshot (
    snapshot_id text primary key,
    build_id text not null,
    content_hash text not null,
    settings_hash text not null,
    app_version text not null,
    as_of text not null,
    taken_at text not null,
    taken_by text not null
)

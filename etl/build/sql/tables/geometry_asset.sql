-- One row per map layer; the file lies beside the build and never changes under its name.
create table geometry_asset (
    layer varchar primary key, file varchar, sha256 varchar, bytes bigint, features integer
)

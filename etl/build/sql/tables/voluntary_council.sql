-- The county voluntary council of each authority, the third sector's own body there. Grain: authority.
create table voluntary_council (
    la_code varchar primary key,
    name_en varchar not null,
    name_cy varchar not null,
    seen varchar
)

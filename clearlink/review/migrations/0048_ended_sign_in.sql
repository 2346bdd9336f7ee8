-- Sign-ins that their person ended, so that another process and a restart know it too; the person as a hash. Grain: person.
create table ended_sign_in (
    subject text primary key,
    signed_in_at text not null,
    ended_at text not null
)

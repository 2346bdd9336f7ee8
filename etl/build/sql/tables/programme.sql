-- One row per programme, with the days it ran and the programme that followed it.
create table programme (
    programme_id varchar primary key,
    name_en varchar,
    name_cy varchar,
    valid_from date,
    valid_to date,
    successor_id varchar
)

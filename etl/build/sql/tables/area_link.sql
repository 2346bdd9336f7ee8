-- One row per child area and the parent it lies in; weight is the share of the child that lies in the parent.
create table area_link (
    child_code varchar not null,
    parent_code varchar not null,
    parent_type varchar not null,
    weight double not null,
    valid_from date, valid_to date, change varchar
)

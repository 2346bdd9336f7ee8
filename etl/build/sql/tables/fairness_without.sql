-- The numbers of a region without one project, for the projects that matter most to them: its money (£ of the
-- year) taken out, nothing put in its place.
create table fairness_without (
    region varchar,
    theme_id varchar,
    definition varchar,
    placed_by varchar,
    project_id varchar,
    spend_gbp double,
    hoover double,
    money_to_move_gbp double,
    share_to_neediest_fifth double, spend_per_person_in_need double
)

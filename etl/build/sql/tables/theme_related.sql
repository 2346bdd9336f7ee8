-- One row per pair of themes close enough for a priority of one to count in part for the other.
create table theme_related (theme_id varchar, related_id varchar)

-- One row per part of an indicator that is a plain sum of published parts.
create table derived (indicator_id varchar, part_id varchar)

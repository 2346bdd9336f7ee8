-- The published weight of each domain in each edition of the index.
create table wimd_weight (edition varchar, domain_indicator_id varchar, weight double)

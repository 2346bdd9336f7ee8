-- The last rank in each of the publisher's most deprived groups, as read from the deciles or groups that it
-- published with the edition.
create table wimd_group_end (
    edition varchar,
    areas integer,
    last_rank_10 integer,
    last_rank_20 integer,
    last_rank_30 integer,
    last_rank_50 integer
)

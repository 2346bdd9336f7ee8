-- The last rank of each of the publisher's groups in each edition, read from the groups of its areas; the
-- domains, for which none are published with the ranks, are cut there too. Null where an edition came without
-- groups. Grain: edition.
create temp table wimd_cut as
select
    edition,
    max(published_rank) filter (where group_of_five <= 1) as last_rank_10,
    max(published_rank) filter (where group_of_five <= 2) as last_rank_20,
    max(published_rank) filter (where group_of_five <= 3) as last_rank_30,
    max(published_rank) filter (where group_of_five <= 4) as last_rank_50
from wimd_group
group by edition

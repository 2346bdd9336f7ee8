-- The share of each small area that lies in the neediest fifth, and in the needier half, of its scope by
-- people at risk; the boundary area is split pro rata. Grain: theme, definition, edition, scope, score.
create temp table need_fifth as
select
    theme_id,
    definition,
    edition,
    scope,
    score,
    greatest(0, least(1, (setting_value('neediest_share') * people_in_scope - people_before) / people))
        as fifth_share,
    greatest(0, least(1, (0.5 * people_in_scope - people_before) / people)) as half_share
from need_tie

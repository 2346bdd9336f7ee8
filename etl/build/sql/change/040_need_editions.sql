-- The newest edition of need where it changed. Grain: theme, definition and level.
insert into build_change
with before as (
    select theme_id, definition, area_type, arg_max(edition, (published, edition)) as edition from served.need
    where published is not null
    group by all
),

after as (
    select theme_id, definition, area_type, arg_max(edition, (published, edition)) as edition from need
    where published is not null
    group by all
)

select 'need_edition', theme_id || '|' || definition || '|' || area_type, a.edition, b.edition
from before a full join after b using (theme_id, definition, area_type)
where a.edition is distinct from b.edition

-- Publishers' files in this build with their edition and rows. Grain: file.
select s.*, e.published, e.reference_end, e.slow_moving
from snapshot s
left join (
    select
        source_id,
        edition,
        max(published) as published,
        max(reference_end) as reference_end,
        bool_or(slow_moving) as slow_moving
    from edition
    group by all
) e
    using (source_id, edition)
order by s.is_illustrative, s.publisher, s.title_en

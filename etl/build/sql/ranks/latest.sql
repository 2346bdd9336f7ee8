-- The latest edition of each theme and definition on small areas: the ones a map shows, and so the ones that get rank limits.
select theme_id, definition, edition from need
where area_type = 'LSOA21' and definition in ('lead', 'composite') and score is not null
group by theme_id, definition, edition
qualify
    row_number()
        over (partition by theme_id, definition order by any_value(published) desc nulls last, edition desc)
    = 1
order by theme_id, definition

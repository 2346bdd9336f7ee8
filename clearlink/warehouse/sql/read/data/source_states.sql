-- Every source of the catalogue with its state, its file in use and that file's age in days on the day of the
-- build. Grain: source.
select x.*, s.retrieved_at, datediff('day', s.retrieved_at::date, b.as_of)::integer as age_days, s.rows_read
from source_state x cross join build b left join snapshot s using (snapshot_id)
order by
    case x.state
        when 'withdrawn' then 0 when 'refused' then 1 when 'late' then 2 when 'not_fetched' then 3 when
            'awaiting'
            then 4
        else 5
    end,
    x.publisher,
    x.title_en

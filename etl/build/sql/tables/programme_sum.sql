-- Published sums of programmes, as papers and ministers gave them; parts, years and rises stand beside each
-- other and are never added up. Grain: published sum.
create table programme_sum (
    sum_id varchar primary key,
    grant_en varchar not null,
    grant_cy varchar not null,
    area_code varchar not null,
    year_en varchar not null,
    year_cy varchar not null,
    amount_gbp double not null,
    note_en varchar,
    note_cy varchar,
    source_url varchar not null
)

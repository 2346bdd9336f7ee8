-- People in need and at risk of one theme and edition, by area.
select area_code, people_in_need, population_at_risk from need
where
    theme_id = $theme
    and definition = 'lead'
    and edition = $edition
    and area_type = 'LSOA21'
    and score is not null
order by area_code

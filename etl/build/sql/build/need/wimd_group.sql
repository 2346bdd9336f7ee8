-- The publisher's group of every small area on the whole index: 1 = most deprived 10 %, 2 = 10 to 20, 3 = 20
-- to 30, 4 = 30 to 50, 5 = the rest. Its own group or decile where the file is held; else by the ends of its
-- groups, only for a whole list. Grain: edition, area.
create table wimd_group as
select
    r.edition,
    r.area_code,
    coalesce(
        g.value::integer,
        case
            when d.value <= 3 then d.value::integer
            when d.value <= 5 then 4
            when d.value is not null then 5
            when r.published_rank <= e.last_rank_10 then 1
            when r.published_rank <= e.last_rank_20 then 2
            when r.published_rank <= e.last_rank_30 then 3
            when r.published_rank <= e.last_rank_50 then 4
            when e.edition is not null then 5
        end
    ) as group_of_five,
    g.value is not null or d.value is not null as is_published,
    r.published_rank
from domain_score r
left join
    observation g
    on g.indicator_id = 'wimd_group_overall' and g.edition = r.edition and g.area_code = r.area_code
left join
    observation d
    on d.indicator_id = 'wimd_decile_overall' and d.edition = r.edition and d.area_code = r.area_code
left join wimd_group_end e on e.edition = r.edition and e.areas = r.areas
where r.indicator_id = 'wimd_rank_overall'

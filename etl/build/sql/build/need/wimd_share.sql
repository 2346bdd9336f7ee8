-- For areas larger than a small area: the share of their small areas among Wales's most deprived 10, 20, 30
-- and 50 per cent on each published rank, in the publisher's own groups. This is how it describes larger
-- areas; ranks are never averaged. Grain: indicator, edition, larger area.
create table wimd_share as
with ranked as (
    select
        o.indicator_id,
        o.edition,
        l.la_code,
        l.region_code,
        o.value
    from observation o join indicator i using (indicator_id)
    join (
        select area_code, la_code, region_code from lsoa
        union all
        select b.lsoa11_code, any_value(x.la_code), any_value(x.region_code)
        from bridge b
        join lsoa x on x.area_code = b.lsoa21_code
        where b.lsoa11_code not in (select area_code from lsoa)
        group by b.lsoa11_code
    ) l
        on l.area_code = o.area_code
    where i.kind = 'rank' and o.value is not null
)

select
    s.area_code, r.indicator_id, r.edition, count(*)::integer as lsoas,
    avg((r.value <= c.last_rank_10)::integer) as share_10,
    avg((r.value <= c.last_rank_20)::integer) as share_20,
    avg((r.value <= c.last_rank_30)::integer) as share_30,
    avg((r.value <= c.last_rank_50)::integer) as share_50
from ranked r
join wimd_cut c on c.edition = r.edition
cross join lateral (select unnest([r.la_code, r.region_code]) as area_code) s
where s.area_code is not null
group by s.area_code, r.indicator_id, r.edition

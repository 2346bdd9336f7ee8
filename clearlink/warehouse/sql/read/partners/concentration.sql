-- How concentrated the money of the year that lies in a place is by provider: the sum of squared shares in
-- per cent, the shares of the five largest and of the largest, and how much of it has a provider named. Twin:
-- clearlink.rules.sectors.concentration. Grain: one row.
with paid as (
    select coalesce(p.provider_org_id, p.provider_name) as provider, sum(y.gbp) as gbp
    from running_project p
    join year_money y using (project_id)
    where y.place = $place and in_place(p.project_id, $place)
    group by all
),

known as (
    select
        provider,
        gbp,
        gbp / sum(gbp) over () as share,
        row_number() over (order by gbp desc, provider asc) as nth
    from paid
    where provider is not null and gbp > 0
)

select
    (select sum((100 * share) ** 2) from known) as hhi,
    (
        select sum(share) from known
        where nth <= 5
    ) as top_share,
    (select max(share) from known) as largest_share,
    (select coalesce(sum(gbp), 0) from known) / nullif((select sum(gbp) from paid), 0) as named_share,
    (select count(*)::integer from known) as providers

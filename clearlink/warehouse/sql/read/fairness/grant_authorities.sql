-- A grant's sum in each authority of a region and its share of need under one definition. Grain: authority.
select la_code, amount_gbp, basis, population, need, gap_gbp, source_url from grant_authority
where
    grant_name = $grant_name
    and year = $year
    and region = $region
    and edition = $edition
    and definition = $definition
order by gap_gbp desc, la_code asc

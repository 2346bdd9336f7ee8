-- Money of a protected service at an area smaller than a region.
select l.project_id from ledger l left join area a using (area_code)
where
    (
        l.bucket = 'protected' or exists (
            select 1 from project p
            where p.project_id = l.project_id and p.is_sensitive
        )
    )
    and (
        l.bucket <> 'protected'
        or l.la_code is not null
        or a.area_type in ('LA', 'LSOA21', 'LSOA11', 'MSOA21', 'WD24')
    )

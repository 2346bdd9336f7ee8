-- A priority that a person found named for a record. Grain: record and priority.
insert into citation
select
    t.project_id, t.priority_id, t.stated_on::date, nullif(t.quotation, ''), t.page, null::varchar, false,
    t.source_ref
from told as t
join project using (project_id)
join priority using (priority_id)
where
    not exists (
        select 1
        from citation as c
        where c.project_id = t.project_id and c.priority_id = t.priority_id and c.page is not null
    )

-- A paper read in full and silent on need. Grain: record and paper.
insert into paper_reading
select
    t.project_id,
    t.document,
    t.url,
    t.paper_date::date,
    t.pages,
    t.read_by,
    t.read_on::date,
    t.second_by,
    t.second_on::date,
    false
from told as t
join project using (project_id)

-- A published figure of need that a decision rests on. Grain: figure.
insert into need_figure
select
    t.figure_id,
    t.project_id,
    t.value,
    t.area,
    t.told_on::date,
    t.document,
    t.url,
    t.page,
    t.told_by,
    false
from told as t
join project using (project_id)

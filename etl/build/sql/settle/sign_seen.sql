-- A sign that a person read in a paper. Grain: sign.
insert into sign_seen
select
    t.project_id,
    t.sign,
    t.document,
    t.url,
    t.paper_date::date,
    t.said,
    t.ground,
    t.reply,
    t.replied_on::date
from told as t
join project using (project_id)

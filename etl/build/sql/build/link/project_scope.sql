-- The region that a project's areas are compared with (2012 to 2019 collaborative areas; Wales where none is
-- known) and the day it was decided: the recorded day, else the day it started, by when it must have been
-- decided. Grain: project.
create temp table project_scope as
select
    p.project_id,
    coalesce(r.region_code, case when p.region_code like 'RCC_%' then p.region_code end, 'W92000004')
        as scope,
    coalesce(p.decision_date, p.start_date) as decided_on
from project p
left join la_region r on r.la_code = p.la_code and r.region_type = 'RCC'

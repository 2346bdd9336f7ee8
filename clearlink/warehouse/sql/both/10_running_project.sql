-- Projects that run on the day of the build, or in the year chosen: the one place that says which. Not those
-- whose dates nobody recorded, and no tender notice. yearly_gbp is what is paid a year; the ceiling of a
-- framework is not, nor is what another record may say once more. Grain: project.
create view running_project as
select
    p.*,
    n.is_counted_elsewhere,
    case
        when p.value_kind = 'yearly' and not n.is_counted_elsewhere then p.annual_value_gbp
    end as yearly_gbp
from project p
join project_then n using (project_id)
where n.time_state = 'running'

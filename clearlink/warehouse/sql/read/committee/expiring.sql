-- Assessments of a place that lapse within the given months of the build's date, with the projects that rest
-- on them. Grain: assessment.
select
    a.assessment_id,
    a.title,
    a.body,
    a.kind,
    h.ends_on as valid_to,
    h.is_by_life,
    a.is_illustrative,
    count(distinct c.project_id)::integer as projects
from assessment a
join assessment_here h using (assessment_id)
left join priority p using (assessment_id)
left join citation c using (priority_id)
where
    h.place = $place
    and h.ends_on between (select as_of from build) and (select as_of from build) + to_months($months)
group by all
order by h.ends_on, a.assessment_id

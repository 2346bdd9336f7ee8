-- Assessments of a place that lapse within the given months of the build's date, with the projects that rest
-- on them. Grain: assessment.
select
    a.assessment_id,
    a.title,
    a.body,
    a.kind,
    a.valid_to,
    a.is_illustrative,
    count(distinct c.project_id)::integer as projects
from assessment a left join priority p using (assessment_id) left join citation c using (priority_id)
where
    a.valid_to between (select as_of from build) and (select as_of from build) + to_months($months)
    and exists (
        select 1 from document_la d
        join area_member m using (la_code)
        where d.document_id = a.assessment_id and m.area_code = $place
    )
group by all
order by a.valid_to, a.assessment_id

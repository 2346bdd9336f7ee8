-- The two verdicts of one project: at the decision, and if decided today. Grain: basis.
select * from verdict
where project_id = $project_id
order by basis

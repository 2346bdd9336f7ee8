-- The programmes that each project is of in the year that money is of. Grain: project, programme.
select project_id, programme_id from project_programme
where programme_id is not null
order by project_id, programme_id

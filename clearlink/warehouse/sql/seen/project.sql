-- Projects that this scope may read. Grain: project.
select *
from memory.whole.project
where not list_contains(getvariable('scope_withheld')::varchar[], project_id)

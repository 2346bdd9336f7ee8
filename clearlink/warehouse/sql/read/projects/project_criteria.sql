-- Every criterion of one project on one basis. Grain: criterion.
select criterion, result, reason, facts, source_ref
from criterion
where project_id = $project_id and basis = $basis
order by criterion

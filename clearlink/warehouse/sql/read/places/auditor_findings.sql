-- What auditors and scrutiny found of how a place commissions (null = every place). Grain: finding.
select f.*
from auditor_finding f
where $place is null or f.area_code = $place
order by f.finding_id

-- Every name that a register gives an organisation id. Grain: organisation id and name.
select distinct provider_org_id, provider_name
from project
where provider_org_id is not null and provider_name is not null
order by provider_org_id, provider_name

-- Signs of ad-hoc commissioning on one record, those read in papers first, with their source and the owner's
-- reply. Grain: sign and source.
select
    sign, known_from, document, url, dated, said, ground, source_kind, project_b, priority_id, reply,
    replied_on
from sign
where project_id = $project_id
order by known_from = 'rule', sign, url

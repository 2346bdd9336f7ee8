-- Records that may be the same thing as the one asked for ($project_id), or every such pair (null): both
-- titles and sources, what they agree on, and the one whose money is in no sum. A pair is shown only where
-- both of its records may be read. Grain: pair of records.
select
    d.project_a, d.project_b, d.kind, d.alike, d.not_counted, d.state,
    a.title as title_a, a.source_ref as source_a, a.is_sensitive as is_sensitive_a,
    b.title as title_b, b.source_ref as source_b, b.is_sensitive as is_sensitive_b
from possible_duplicate d
join project a on a.project_id = d.project_a
join project b on b.project_id = d.project_b
where $project_id is null or $project_id in (d.project_a, d.project_b)
order by d.state = 'different', d.kind, d.project_a, d.project_b

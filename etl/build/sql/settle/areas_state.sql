-- A record whose areas were settled has them. Grain: record.
update project
set areas_state = 'provided'
where
    project_id in (select project_id from told)
    and not is_sensitive
    and coalesce(delivery_model, '') <> 'confidential'

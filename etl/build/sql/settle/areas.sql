-- What the register said of the areas gives way to what a person settled; a protected place is never settled
-- here. Grain: record and area.
delete from project_declared_area
where
    project_id in (
        select t.project_id
        from told as t
        join project as p using (project_id)
        where not p.is_sensitive and coalesce(p.delivery_model, '') <> 'confidential'
    )

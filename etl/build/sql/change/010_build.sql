-- The build that this one is compared with. Grain: one row.
insert into build_change select 'build', b.kind, a.build_id, null from served.build a cross join build b

-- Whether a project reaches a place: an authority it serves or is commissioned by lies there. Every record of
-- the register is in Wales.
create macro in_place(of_project, in_area) as
in_area = 'W92000004'
or exists (
    select 1 from project_authority t join area_member m using (la_code)
    where t.project_id = of_project and m.area_code = in_area
)

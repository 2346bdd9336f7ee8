-- Assessments and plans that cover a place: those of an authority that lies there. Grain: document.
create macro document_here(in_area) as table
    select distinct d.document_id
    from document_la d
    join area_member m using (la_code)
    where m.area_code = in_area

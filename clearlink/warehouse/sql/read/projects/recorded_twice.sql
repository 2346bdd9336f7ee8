-- Records of a place that look like another record of the same service (one notice advertised twice), for a
-- programme and theme (null = all).
-- Grain: project.
select
    p.project_id, p.title, p.la_code, p.source_ref, p.annual_value_gbp, b.place, b.code, b.facts, b.found,
    b.expected, b.remedy
from problem b
join project p
    on
        starts_with(p.source_ref || ' ', b.file || ', row ' || b.row_no || ' ')
        -- releases are counted from none in a file and from one in a report
        or p.source_ref = b.file || ', releases[' || (b.row_no - 1) || ']'
where
    b.code = 'advertised_twice'
    and in_place(p.project_id, $place)
    and in_programme(p.project_id, $programme)
    and of_theme(p.project_id, $theme)
order by p.title, p.project_id

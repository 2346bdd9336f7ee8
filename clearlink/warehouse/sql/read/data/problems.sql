-- What was refused or should be looked at, and whether it stands in a register of projects or in a
-- publisher's file of figures. Grain: problem.
select
    *,
    source_id = 'register'
    or file in (select split_part(source_ref, ',', 1) from project) as in_register
from problem
order by
    case severity when 'refused' then 1 when 'warning' then 2 else 3 end,
    source_id,
    file,
    row_no nulls first,
    column_name

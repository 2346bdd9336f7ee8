-- What was refused or should be looked at. Grain: problem.
select *
from problem
order by
    case severity when 'refused' then 1 when 'warning' then 2 else 3 end,
    source_id,
    file,
    row_no nulls first,
    column_name

-- What people told us, wherever: laid out once a build. Grain: statement.
select *
from statement
order by said_on desc nulls last, statement_id asc

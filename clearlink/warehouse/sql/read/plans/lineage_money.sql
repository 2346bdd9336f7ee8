-- Money that lies in a place and records that have any, by programme and financial year, in all years that
-- the build knows: what a programme's successor took over is seen beside it. Grain: programme, financial
-- year.
select
    programme_id, financial_year, count(distinct project_id)::integer as projects, sum(gbp) as gbp
from programme_money
where place = $place and programme_id is not null
group by programme_id, financial_year
order by financial_year, programme_id

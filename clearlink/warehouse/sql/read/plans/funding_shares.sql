-- Which programmes pay a project in the year that money is of, by its funding lines, as shares (0 to 1) of
-- its money; a project without lines is not among them. Grain: project, programme.
select s.project_id, coalesce(s.programme_id, p.programme_id) as programme_id, sum(s.share)::double as share
from funding_share s
join project p using (project_id)
where s.financial_year = money_year()
group by s.project_id, coalesce(s.programme_id, p.programme_id)
order by s.project_id, programme_id

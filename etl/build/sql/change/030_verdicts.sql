-- Verdicts that changed of projects that both builds hold. Grain: project and basis.
insert into build_change
select 'verdict_' || b.basis, b.project_id, a.verdict, b.verdict
from served.verdict a join verdict b using (project_id, basis)
where a.verdict <> b.verdict

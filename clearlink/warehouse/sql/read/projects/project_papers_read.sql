-- Papers that took a project's decision, read in full and silent on need. Grain: paper.
select document, url, paper_date, pages, read_by, read_on, second_by, second_on
from paper_reading
where project_id = $project_id
order by second_by is null, read_on, url

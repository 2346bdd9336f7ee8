-- "No link shown" where the theme or the priority was merely blank.
select project_id as offender
from verdict
where verdict = 'NO_LINK_SHOWN' and (c1 = 'NO_EVIDENCE' or c3 = 'NO_EVIDENCE')

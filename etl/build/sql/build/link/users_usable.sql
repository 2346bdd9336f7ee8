-- Projects whose users by area may be used as weights: none is withheld, and each is ten or more after
-- rounding to five. One that is withheld keeps all of them out, so no weight, pound or test says anything of
-- it. Grain: project.
create temp table users_usable as
select project_id from reach
group by project_id
having count(users) = count(*) and min(5 * round(users / 5)) >= setting_value('users_min')

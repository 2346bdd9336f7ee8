-- Projects whose users by area may be used as weights: every count is ten or more after rounding to five.
create temp table users_usable as
select project_id from reach group by project_id
having count(users) = count(*) and min(5 * round(users / 5)) >= setting_value('users_min')

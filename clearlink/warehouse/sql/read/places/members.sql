-- Which authorities lie in each larger place. Grain: place and authority.
select area_code, la_code from area_member
order by area_code, la_code

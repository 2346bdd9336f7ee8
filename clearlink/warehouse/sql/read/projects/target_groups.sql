-- Groups of people that projects are for. Grain: group.
select * from target_group
order by id

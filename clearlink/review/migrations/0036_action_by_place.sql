-- Finds action by place.
create index action_by_place on action (place)

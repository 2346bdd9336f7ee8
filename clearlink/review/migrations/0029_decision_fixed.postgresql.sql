-- The decision only grows.
create trigger decision_fixed before update or delete or truncate on decision for each statement execute function only_grows()

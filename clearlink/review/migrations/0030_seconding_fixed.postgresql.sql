-- The seconding only grows.
create trigger seconding_fixed before update or delete or truncate on seconding for each statement execute function only_grows()

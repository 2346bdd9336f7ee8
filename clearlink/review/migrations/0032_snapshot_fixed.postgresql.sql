-- The snapshot only grows.
create trigger snapshot_fixed before update or delete or truncate on snapshot for each statement execute function only_grows()

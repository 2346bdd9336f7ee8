-- The evidence only grows.
create trigger evidence_fixed before update or delete or truncate on evidence for each statement execute function only_grows()

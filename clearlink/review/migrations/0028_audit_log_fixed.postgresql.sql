-- The audit log only grows.
create trigger audit_log_fixed before update or delete or truncate on audit_log for each statement execute function only_grows()

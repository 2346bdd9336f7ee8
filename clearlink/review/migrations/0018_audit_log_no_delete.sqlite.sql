-- The audit log only grows.
create trigger audit_log_no_delete before delete on audit_log begin select raise(abort, 'audit_log only grows'); end

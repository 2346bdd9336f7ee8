-- Finds audit_log by subject_id.
create index audit_log_by_subject_id on audit_log (subject_id)

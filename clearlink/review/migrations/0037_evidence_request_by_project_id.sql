-- Finds evidence_request by project_id.
create index evidence_request_by_project_id on evidence_request (project_id)

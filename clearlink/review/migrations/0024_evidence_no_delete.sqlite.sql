-- The evidence only grows.
create trigger evidence_no_delete before delete on evidence begin select raise(abort, 'evidence only grows'); end

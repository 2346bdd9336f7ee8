-- The evidence only grows.
create trigger evidence_no_update before update on evidence begin select raise(abort, 'evidence only grows'); end

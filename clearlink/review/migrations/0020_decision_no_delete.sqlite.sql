-- The decision only grows.
create trigger decision_no_delete before delete on decision begin select raise(abort, 'decision only grows'); end

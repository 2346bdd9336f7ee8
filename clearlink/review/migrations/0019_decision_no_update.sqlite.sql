-- The decision only grows.
create trigger decision_no_update before update on decision begin select raise(abort, 'decision only grows'); end

-- The snapshot only grows.
create trigger snapshot_no_update before update on snapshot begin select raise(abort, 'snapshot only grows'); end

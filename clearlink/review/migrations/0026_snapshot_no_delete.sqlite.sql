-- The snapshot only grows.
create trigger snapshot_no_delete before delete on snapshot begin select raise(abort, 'snapshot only grows'); end

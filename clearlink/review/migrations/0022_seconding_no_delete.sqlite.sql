-- The seconding only grows.
create trigger seconding_no_delete before delete on seconding begin select raise(abort, 'seconding only grows'); end

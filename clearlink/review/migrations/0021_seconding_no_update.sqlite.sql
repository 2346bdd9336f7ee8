-- The seconding only grows.
create trigger seconding_no_update before update on seconding begin select raise(abort, 'seconding only grows'); end

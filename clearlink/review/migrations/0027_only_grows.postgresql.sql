-- What a table that only grows says when somebody tries to change it.
create function only_grows() returns trigger language plpgsql as $body$ begin raise exception '% only grows', tg_table_name; end $body$

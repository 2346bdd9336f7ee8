-- The last line of the audit log, so that a log cut short is seen. Grain: one row.
create table chain_head (id integer primary key check (id = 1), seq integer not null, hash text not null)

-- The chain before its first line.
insert into chain_head (id, seq, hash) values (1, 0, 'start')

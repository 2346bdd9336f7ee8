-- Exact 95 % limits of a count under ten, from clearlink.rules.need.intervals.
create table poisson_exact (observed integer primary key, lower double, upper double)

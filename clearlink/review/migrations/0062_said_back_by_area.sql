-- What was sent is asked for by authority.
create index said_back_by_la on said_back (la_code)

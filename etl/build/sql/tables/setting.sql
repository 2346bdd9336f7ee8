-- Every threshold of the method that is a judgement, by name.
create table setting (name varchar primary key, value double)

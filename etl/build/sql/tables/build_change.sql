-- One row per thing that differs from the build that was served before this one; it is no part of the content
-- hash.
create table build_change (kind varchar, subject varchar, before varchar, after varchar)

-- Two records that may be one thing, of two sources or of one: the same contract, money granted on, a
-- framework and its call-off. alike: the facts on which they agree. not_counted: the one whose money is in no
-- sum while the question is open or answered "the same"; null where nothing would be counted twice. state:
-- open, same or different. Grain: pair of records.
create table possible_duplicate (
    project_a varchar not null,
    project_b varchar not null,
    kind varchar not null,
    alike varchar,
    not_counted varchar,
    state varchar not null
)

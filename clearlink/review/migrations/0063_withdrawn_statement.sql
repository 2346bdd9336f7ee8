-- That a statement was withdrawn, by whom and when; never what it said. Grain: statement.
create table withdrawn_statement (
    statement_id text primary key,
    version integer not null,
    place text not null,
    withdrawn_by text not null,
    withdrawn_at text not null
)

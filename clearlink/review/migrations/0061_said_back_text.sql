-- The words of what was sent, no longer here once withdrawn. Never in the log. Grain: one sending.
create table said_back_text (
    said_id text primary key,
    text text not null
)

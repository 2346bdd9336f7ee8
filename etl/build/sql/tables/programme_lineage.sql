-- Which programme followed which, from what day. Grain: predecessor.
create table programme_lineage (
    predecessor_id varchar primary key,
    successor_id varchar not null,
    from_date date not null,
    counts_as_successor varchar not null,
    why_en varchar,
    why_cy varchar
)

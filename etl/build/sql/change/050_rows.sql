-- Rows kept and rows refused where they changed. Grain: source and kind of count.
insert into build_change
with before as (
    select source_id, sum(rows_kept) as kept, sum(rows_refused) as refused from served.row_count
    group by all
),

after as (
    select source_id, sum(rows_kept) as kept, sum(rows_refused) as refused from row_count
    group by all
),

both_builds as (
    select
        source_id,
        a.kept as kept_before,
        b.kept as kept_after,
        a.refused as refused_before,
        b.refused as refused_after
    from before a
    full join after b using (source_id)
)

select 'rows', source_id, kept_before::bigint::varchar, kept_after::bigint::varchar
from both_builds
where kept_before is distinct from kept_after
union all
select 'refused', source_id, refused_before::bigint::varchar, refused_after::bigint::varchar
from both_builds
where coalesce(refused_before, 0) <> coalesce(refused_after, 0)

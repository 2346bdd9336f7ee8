-- Rows read, kept and refused by source. Grain: source.
select * from row_count
order by kind, source_id

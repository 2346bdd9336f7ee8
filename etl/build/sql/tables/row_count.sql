-- One row per source: rows read and kept in this build, the register that a later build is compared with.
create table row_count (
    source_id varchar, kind varchar, rows_in integer, rows_kept integer, rows_refused integer
)

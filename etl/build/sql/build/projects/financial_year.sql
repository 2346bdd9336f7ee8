-- The financial year of the build, 1 April to 31 March (2026-27): every sum of money of the year is of this
-- one. Grain: one row.
update build
set
    financial_year = (year(as_of) - (month(as_of) < 4)::integer)::varchar
    || '-'
    || lpad(((year(as_of) + (month(as_of) >= 4)::integer) % 100)::varchar, 2, '0')

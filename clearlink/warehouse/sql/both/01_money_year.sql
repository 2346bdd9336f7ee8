-- The financial year that money is of: the one chosen for this question, else that of the build.
-- Grain: one text.
create macro money_year() as
coalesce(getvariable('money_year')::varchar, (select financial_year from build))

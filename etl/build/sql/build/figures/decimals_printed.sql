-- How many decimals a figure was printed with (at most six): 8.2 has one, 14 none. Nothing for no figure.
-- Grain: a figure.
create temp macro decimals_printed(value) as
case
    when value is not null
        then coalesce(length(nullif(split_part(rtrim(format('{:.6f}', value), '0'), '.', 2), '')), 0)
end

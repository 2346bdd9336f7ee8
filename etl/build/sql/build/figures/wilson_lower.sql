-- Lower 95 % Wilson limit of x in n. Grain: a count and its population.
create temp macro wilson_lower(x, n) as
(2 * x + 1.959963984540054 ^ 2 - 1.959963984540054 * sqrt(1.959963984540054 ^ 2 + 4 * x * (1 - x / n)))
/ (2 * (n + 1.959963984540054 ^ 2))

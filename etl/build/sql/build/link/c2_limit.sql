-- The ratio of observed to expected need with 95 % limits, and the targeting ratio. Both stay null under a
-- composite that counts no people. Limits are Byar's (exact under ten) where people were counted, the
-- publisher's where the need is an estimate, else none. Grain: project, basis.
create temp table c2_limit as
select
    m.*, m.observed / nullif(m.expected, 0) as ratio,
    case
        when m.range_basis = 'published' then greatest(m.observed - m.below, 0)
        when m.range_basis = 'none' then null
        when m.observed < setting_value('exact_below') then x.lower
        else m.observed * (1 - 1 / (9 * m.observed) - 1.959963984540054 / (3 * sqrt(m.observed))) ^ 3
    end / nullif(m.expected, 0
    ) as lower,
    case
        when m.range_basis = 'published' then m.observed + m.above
        when m.range_basis = 'none' then null
        when m.observed < setting_value('exact_below') then x.upper
        else
            (m.observed + 1)
            * (1 - 1 / (9 * (m.observed + 1)) + 1.959963984540054 / (3 * sqrt(m.observed + 1)))
            ^ 3
    end / nullif(m.expected, 0
    ) as upper,
    m.served_fifth_share / nullif(m.scope_fifth_share, 0) as targeting_ratio
from c2_measure m
left join poisson_exact x on x.observed = m.observed

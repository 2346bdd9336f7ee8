-- The exponential score of rank r among n areas, 1 = most deprived (method A4); twin:
-- clearlink.rules.need.need.wimd_score. Grain: a rank.
create temp macro wimd_score(r, n) as -23 * ln(1 - ((n - r + 1) / n) * (1 - exp(-100.0 / 23)))

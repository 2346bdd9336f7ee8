-- The verdict and its reason from C1 to C4 (method B3), in the order in which the rules speak. Twin:
-- clearlink.rules.link.link.verdict, compared over all 700 combinations. Grain: results of C1 to C4.
create temp macro verdict_reason(c1, c2, c3, c4) as case
    when c1 = 'NO_EVIDENCE' then 'V-CA1'
    when c1 in ('NOT_MET', 'REQUESTED_NOT_SUPPLIED')
        then
            case
                when c3 in ('MET', 'PARTLY') then 'V-P1'
                when c3 = 'NO_EVIDENCE' then 'V-CA2'
                when c1 = 'NOT_MET' and c3 = 'NOT_MET' then 'V-NL1'
                else 'V-NL4'
            end
    when c3 = 'MET'
        then
            case
                when c2 = 'NOT_MET' then 'V-P2'
                when c2 in ('NO_EVIDENCE', 'NOT_ASSESSABLE', 'REQUESTED_NOT_SUPPLIED') then 'V-P3'
                when c4 in ('NOT_MET', 'NO_EVIDENCE') then 'V-P4'
                when c1 = 'MET' and c2 in ('MET', 'NOT_APPLICABLE') then 'V-C1'
                else 'V-P5'
            end
    when c3 = 'PARTLY' then 'V-P6'
    when c3 in ('NOT_MET', 'REQUESTED_NOT_SUPPLIED')
        then
            case
                when c2 = 'MET' then case c3 when 'NOT_MET' then 'V-P7' else 'V-P8' end
                when c2 in ('NO_EVIDENCE', 'NOT_ASSESSABLE') then 'V-CA3'
                when c3 = 'REQUESTED_NOT_SUPPLIED' or c2 = 'REQUESTED_NOT_SUPPLIED' then 'V-NL4'
                when c2 = 'NOT_MET' then 'V-NL1'
                when c2 = 'PARTLY' then 'V-NL2'
                else 'V-NL3'
            end
    when c2 = 'MET' then 'V-P8'
    else 'V-CA2'
end

-- The verdict that a reason belongs to. Grain: a reason.
create temp macro verdict_of_reason(reason) as case
    when reason = 'V-C1' then 'CLEAR' when reason like 'V-P%' then 'PARTIAL' when
        reason like 'V-NL%'
        then 'NO_LINK_SHOWN'
    else 'CANNOT_ASSESS'
end

-- Whether every project that an engagement is of, or may be of, can be read by whoever asks: the words of one
-- that is of a withheld project stand nowhere, beside another project of it neither.
create macro is_of_nothing_withheld(of_engagement) as not exists (
    select 1
    from engagement_link h
    where
        h.engagement_id = of_engagement
        and h.subject in ('project', 'project_perhaps')
        and h.subject_id not in (select project_id from project)
)

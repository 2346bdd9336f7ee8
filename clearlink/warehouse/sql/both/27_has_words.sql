-- Whether a project is found by words (null = all): in its title, its provider's name or its identifier,
-- whatever their case and accents. Grain: a project.
create macro has_words(of_project, title, provider, wanted) as
wanted is null
or contains(
    lower(strip_accents(title || ' ' || coalesce(provider, '') || ' ' || of_project)),
    lower(strip_accents(wanted))
)

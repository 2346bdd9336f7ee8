"""The law of Clear Link: what counts as need, as a link, as a gap and as a fair share.

Pure: standard library and numpy only, no files, no clock, no database. Everything a rule needs arrives as an
argument, every threshold comes from `settings.Settings`, and nothing here knows who is asking.
"""

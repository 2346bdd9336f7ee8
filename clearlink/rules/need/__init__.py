"""The law of need: what counts, how sure, who stands where."""

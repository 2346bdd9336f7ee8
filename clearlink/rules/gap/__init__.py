"""The law of gaps and overlaps."""

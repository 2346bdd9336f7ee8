"""The rules of single programmes: what their returns must add up to, and what the sums say."""

"""Areas, their codes, what lies in which, and their outlines."""

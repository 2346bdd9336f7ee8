"""How a publisher's bytes come here: politely, whole, and kept under their hash."""

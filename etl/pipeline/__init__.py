"""Where sources and the build meet: what is read, in which order, and what becomes of it."""
